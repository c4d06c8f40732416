// What the JDBC drivers make of URLs: a URL in base64 per line of stdin, an answer per line of stdout, each field in base64.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;

public class Read {
    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = input.readLine()) != null; ) {
            String url = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
            String[] fields;
            try {
                fields = url.startsWith("jdbc:postgresql:") ? pgjdbc(url) : mariadb(url);
            } catch (Throwable error) {
                fields = new String[] {"error", error.toString()};
            }
            StringBuilder answer = new StringBuilder();
            for (String field : fields) {
                byte[] bytes = (field == null ? "" : field).getBytes(StandardCharsets.UTF_8);
                answer.append(Base64.getEncoder().encodeToString(bytes)).append(' ');
            }
            System.out.println(answer);
        }
    }

    static String[] pgjdbc(String url) {
        Properties read = org.postgresql.Driver.parseURL(url, new Properties());
        if (read == null) {
            return new String[] {"error", "pgjdbc does not take the URL"};
        }
        return new String[] {"ok", read.getProperty("user"), read.getProperty("password"), read.getProperty("PGHOST"),
            read.getProperty("PGPORT"), read.getProperty("PGDBNAME")};
    }

    static String[] mariadb(String url) throws Exception {
        org.mariadb.jdbc.UrlParser read = org.mariadb.jdbc.UrlParser.parse(url, new Properties());
        if (read == null) {
            return new String[] {"error", "Connector/J does not take the URL"};
        }
        org.mariadb.jdbc.HostAddress host = read.getHostAddresses().get(0);
        return new String[] {"ok", read.getUsername(), read.getPassword(), host.host, String.valueOf(host.port), read.getDatabase()};
    }
}
