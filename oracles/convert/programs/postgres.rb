# Who is logged in, by the gem pg: with DATABASE_URL, then with libpq's variables alone.
require "pg"

[[ENV.fetch("DATABASE_URL")], []].each do |arguments|
  connection = PG.connect(*arguments)
  puts connection.exec("SELECT current_user, current_database()").values.first.join(" ")
  connection.close
end
