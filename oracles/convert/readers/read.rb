# What Ruby makes of conversions: a question per line of stdin, an answer per line of stdout.
require "erb"
require "json"
require "yaml"

$stdout.sync = true
$stdin.each_line do |line|
  question = JSON.parse(line)
  text = question["text"]
  answer =
    begin
      case question["reader"]
      when "rails"
        # As `Rails::Application::Configuration` reads `config/database.yml`.
        section = YAML.load(ERB.new(text).result)["production"]
        raise TypeError, "the password is no string" unless section["password"].is_a?(String)
        { "user" => section["username"], "password" => section["password"], "host" => section["host"],
          "port" => section["port"].to_s, "database" => section["database"] }
      when "compose"
        { "template" => YAML.load(text)["environment"]["DATABASE_URL"] }
      end
    rescue StandardError, SyntaxError => error
      { "error" => "#{error.class}: #{error.message}" }
    end
  puts JSON.generate(answer)
end
