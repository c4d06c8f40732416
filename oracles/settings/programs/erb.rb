# What Ruby makes of ERB templates, with ActiveSupport's methods as in Rails: a question per line of stdin, an answer per line
# of stdout.
require "json"
require "erb"
require "openssl"
require "active_support"
require "active_support/core_ext/object/blank"
require "active_support/string_inquirer"
require "active_support/core_ext/object/json"

# Warnings (of literals in conditions, say) are no one's answer.
$VERBOSE = nil

# As railties has it.
module Rails
  def self.env = ActiveSupport::StringInquirer.new(ENV["RAILS_ENV"].presence || ENV["RACK_ENV"].presence || "development")
end

ENVIRONMENT = ENV
STDIN.each_line do |line|
  question = JSON.parse(line)
  # A template may assign to the constant.
  Object.const_set(:ENV, ENVIRONMENT) unless ENV.equal?(ENVIRONMENT)
  ENV.clear
  question["vars"].each { |name, value| ENV[name] = value }
  answer =
    begin
      # A comment in the last tag hides the output, and what came before it is the value: nil, perhaps.
      { value: ERB.new(question["template"]).result(Object.new.instance_eval { binding }).to_s }
    rescue Exception => error
      { error: "#{error.class}: #{error.message.lines.first}" }
    end
  STDOUT.puts JSON.generate(answer)
end
