mod urls;
