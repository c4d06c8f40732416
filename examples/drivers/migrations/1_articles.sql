CREATE TABLE IF NOT EXISTS articles (id bigint PRIMARY KEY, title text NOT NULL);
