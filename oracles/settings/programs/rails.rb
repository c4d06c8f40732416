# What ActiveRecord 7.2 makes of config/database.yml and the variables: a question per line of stdin, an answer per line of
# stdout.
require "json"
require "erb"
require "yaml"
require "active_support"
require "active_support/core_ext"
require "active_support/configuration_file"
require "active_record"
require "active_record/database_configurations"
require "tempfile"

abort "ActiveRecord 7.2 is wanted" unless ActiveRecord.version.to_s.start_with?("7.2.")

$VERBOSE = nil
ENVIRONMENT = ENV

# As `database_configuration` of railties 7.2 has it, which cannot be had without a whole application.
def configuration(file)
  return {} if file.nil? && ENV["DATABASE_URL"]
  raise "Could not load database configuration" if file.nil?
  loaded = parsed(file)
  return loaded unless (shared = loaded.delete("shared"))
  loaded.each_value do |config|
    if config.is_a?(Hash) && config.values.all?(Hash)
      by_name = shared.is_a?(Hash) && shared.values.all?(Hash)
      config.each { |name, sub_config| sub_config.reverse_merge!(by_name ? shared[name] : shared) }
    else
      config.reverse_merge!(shared)
    end
  end
  Hash.new(shared).merge(loaded)
end

def parsed(file)
  Tempfile.create("database.yml") do |written|
    written.write(file)
    written.flush
    ActiveSupport::ConfigurationFile.parse(written.path) || {}
  end
end

def answer(question)
  ENV["RAILS_ENV"] ||= question["environment"] || "development"
  environment = ActiveRecord::ConnectionHandling::DEFAULT_ENV.call.to_s
  databases = ActiveRecord::DatabaseConfigurations.new(configuration(question["file"]))
  found =
    if (name = question["name"])
      databases.configs_for(env_name: environment, name: name)
    else
      databases.find_db_config(environment)
    end
  return { error: "no database for this environment" } if found.nil?
  { value: { name: found.name, config: found.configuration_hash } }
end

STDIN.each_line do |line|
  question = JSON.parse(line)
  Object.const_set(:ENV, ENVIRONMENT) unless ENV.equal?(ENVIRONMENT)
  ENV.clear
  question["vars"].each { |name, value| ENV[name] = value }
  answer =
    begin
      answer(question)
    rescue Exception => error
      # Without the file's name, which is another each time, and without what it says of the text.
      { error: "#{error.class}: #{error.message.lines.first.to_s.sub(/ (while parsing|for) .*/m, "")}" }
    end
  STDOUT.puts JSON.generate(answer)
end
