# What Ruby makes of ERB templates, with ActiveSupport's methods as in Rails: a question per line of stdin, an answer per line
# of stdout.
require "json"
require "erb"
require "active_support"
require "active_support/core_ext/object/blank"
require "active_support/core_ext/object/json"

# Warnings (of literals in conditions, say) are no one's answer.
$VERBOSE = nil

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
