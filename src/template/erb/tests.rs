//! What Ruby 3.1 with `active_support` gives, as measured; and what is rejected.

use std::collections::BTreeMap;

use super::prepared::prepare;
use crate::document::{Scalar, Style};
use crate::error::{Error, ErrorKind};
use crate::secret::{Secret, SecretStr};
use crate::span::{Position, Span};
use crate::template::{Expansion, Lookup};

/// Variables of a test.
struct Vars(BTreeMap<&'static str, String>);

impl<V: Into<String>, const N: usize> From<[(&'static str, V); N]> for Vars {
    fn from(vars: [(&'static str, V); N]) -> Self {
        Self(vars.map(|(name, value)| (name, value.into())).into())
    }
}

impl Lookup for Vars {
    fn get(&self, name: &str) -> Result<Option<SecretStr<'_>>, Error> {
        Ok(self.0.get(name).map(|value| SecretStr::new(value)))
    }
}

fn vars() -> Vars {
    Vars::from([
        ("A", "1"),
        ("B", "bee"),
        ("E", ""),
        ("S", " \t"),
        ("URL", "postgres://u:p%40@h/d"),
        ("Q", "a\"b\\c\n\u{1}é"),
        ("EVIL", "<%= ENV['B'] %>\nx: y"),
    ])
}

fn expand(template: &str, vars: &Vars) -> Result<Expansion, Error> {
    super::fill(template, vars, false)
}

#[track_caller]
fn text(template: &str) -> String {
    let expansion = expand(template, &vars()).unwrap_or_else(|error| panic!("{template}: {error}"));
    expansion
        .value
        .expect("ERB always gives a string")
        .expose()
        .to_owned()
}

#[track_caller]
fn rejected(template: &str) -> Error {
    let rejected = expand(template, &vars());
    rejected
        .map(|expansion| format!("{:?}", expansion.value))
        .expect_err(template)
}

#[test]
fn expressions_give_what_ruby_gives() {
    let mut wrong = Vec::new();
    for (code, expected) in [
        ("ENV['B']", "bee"),
        ("ENV[\"B\"]", "bee"),
        ("ENV['X']", ""),
        ("ENV['X'] || 'd'", "d"),
        ("ENV['E'] || 'd'", ""),
        ("ENV['E'].presence || 'd'", "d"),
        ("ENV['S'].presence || 'd'", "d"),
        ("ENV['X'] || ENV['Y'] || 'd'", "d"),
        ("ENV.fetch('X') { 5 }", "5"),
        ("ENV.fetch('X'){5}", "5"),
        ("ENV.fetch('E') { 5 }", ""),
        ("ENV.fetch('X', 5)", "5"),
        ("ENV.fetch 'X', 5", "5"),
        ("ENV.fetch 'B'", "bee"),
        ("ENV.fetch('X') { ENV.fetch('Y') { ENV['B'] } }", "bee"),
        ("ENV.fetch('X', nil)", ""),
        ("ENV.fetch('X') { }", ""),
        ("ENV.fetch('X') do end", ""),
        ("ENV.fetch('B') { }", "bee"),
        ("!ENV['X']", "true"),
        ("!ENV['X'].blank?", "false"),
        ("ENV['A'] == '1'", "true"),
        ("ENV['A'] != \"1\"", "false"),
        ("ENV['A'] == 1", "false"),
        ("ENV['A'] == '1' && ENV['B'] || 'd'", "bee"),
        ("ENV['X'] ? 'a' : 'b'", "b"),
        ("ENV['X'] ? 'a' : ENV['B'] ? 'c' : 'd'", "c"),
        ("ENV['E'].blank?", "true"),
        ("ENV['B'].present? ? 1 : 2", "1"),
        ("ENV['E'].empty?", "true"),
        ("ENV['X'].to_i", "0"),
        ("ENV['A'].to_i", "1"),
        ("' -10__0'.to_s", " -10__0"),
        ("'-12x'.to_i", "-12"),
        ("'0x1f'.to_i", "0"),
        ("ENV['B'].to_json", "\"bee\""),
        ("ENV['X'].to_json", "null"),
        ("(ENV['X'] || ENV['B'])", "bee"),
        ("-5.to_s", "-5"),
        (r"'a\'\\\n#{x}'", r"a'\\n#{x}"),
        (r#""a\"\t\#{x}""#, "a\"\t#{x}"),
        (r#""x_#{ENV["B"]}_#{'}'}\"""#, "x_bee_}\""),
        (r##""#{"#{ENV["A"]}"}""##, "1"),
        ("'a' if ENV['A']", "a"),
        ("'a' if ENV['X']", ""),
        ("'a' unless ENV['X']", "a"),
        ("ENV['X'] or ENV['B']", "bee"),
        ("ENV['A'] and ENV['B']", "bee"),
        ("ENV['X'] and 1 or 2", "2"),
        ("ENV.fetch('X') do 5 end", "5"),
        ("ENV.fetch('X') do ENV['B'] end", "bee"),
        ("ENV['MY-SHOP_PW'] || 'd'", "d"),
        ("ENV['my.app'] || 'd'", "d"),
        ("OpenSSL::SSL::VERIFY_NONE", "0"),
        ("OpenSSL::SSL::VERIFY_PEER", "1"),
        ("Rails.env", "development"),
        ("Rails.env.development? ? 1 : 2", "1"),
        ("Rails.env.production?", "false"),
        // What is not evaluated does not matter where it is not reached.
        ("ENV['B'] || Rails.application.credentials.x", "bee"),
        ("ENV['B'].presence || `ls`", "bee"),
        ("ENV.fetch('B') { nope(1) { '}' } }", "bee"),
        ("(ENV['B'] || nope)", "bee"),
        ("'a%%>b'", "a%>b"),
        (r#""\%%>""#, "%>"),
        ("ENV['X'] ||\n  'd'\n", "d"),
        ("ENV['X']\n  .presence", ""),
    ] {
        let got = text(&format!("<%= {code} %>"));
        if got != expected {
            wrong.push(format!("{code}: {got:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tags_are_in_text_as_ruby_has_them() {
    for (template, expected) in [
        ("", ""),
        ("a: <%= ENV['A'] %>\n", "a: 1\n"),
        ("<%= 'lit' %> <%= 42 %>", "lit 42"),
        ("<%# ENV['X'] %>a<%#%>", "a"),
        ("<% # ENV['X']\n %>a<%\n# b\n # c %>", "a"),
        (
            "<% # if\n if ENV['B'] %>a<% # else\n else %>b<%\n# end\nend %>",
            "a",
        ),
        ("<%%= 1 %> %> %%> <%%%>", "<%= 1 %> %> %%> <%%>"),
        ("<%%>", "<%>"),
        ("a\n<% if ENV['A'] %>\nb\n<% end %>\nc\n", "a\n\nb\n\nc\n"),
        ("<% unless ENV['X'] %>n<% end %>", "n"),
        ("<% unless ENV['A'] %>n<% else %>y<% end %>", "y"),
        ("<%if(ENV['X'])%>a<%elsif ENV['A']%>b<%else%>c<%end%>", "b"),
        (
            "<% if ENV['X'] %>a<% elsif ENV['Y'] %>b<% else %>c<% end %>",
            "c",
        ),
        ("<% if ENV['X'] %>a<% elsif ENV['Y'] %>b<% end %>", ""),
        (
            "<% if ENV.fetch('X') do nil end %>a<% else %>b<% end %>",
            "b",
        ),
        (
            "<% if 1 %>a<% elsif ENV.fetch('X') do 1 end %>b<% end %>",
            "a",
        ),
        (
            "<% if true %>1<% if nil %>2<% else %>3<% end %>4<% end %>5",
            "1345",
        ),
        ("<% if false %><%= ENV.fetch('X') %><% end %>", ""),
        ("<% %>\n", "\n"),
        ("<% def of(name); ENV['A'] || name; end %>a", "a"),
        (
            "<%\n  if ENV['X']\n    a = 1\n  end\n  b = 2\n  unless a\n    b\n  end\n  c = 3\n%>a",
            "a",
        ),
        ("<%= ENV['EVIL'] %>", "<%= ENV['B'] %>\nx: y"),
    ] {
        assert_eq!(text(template), expected, "{template}");
    }
}

#[test]
fn what_is_not_read_is_rejected_at_its_location() {
    use ErrorKind::{InvalidName, InvalidTemplate, UnsetVariable, UnsupportedExpression};
    for (marked, kind) in [
        ("<%= «nope»() %>", UnsupportedExpression),
        ("<%= ENV['A'].«strip» %>", UnsupportedExpression),
        ("<%= ENV['A'] «+» 'x' %>", UnsupportedExpression),
        ("<%= «`»ls` %>", UnsupportedExpression),
        ("<%= «system»('ls') %>", UnsupportedExpression),
        ("<%= ENV['A'] «=» 'x' %>", UnsupportedExpression),
        ("<%= ENV «[»'A'] %>", UnsupportedExpression),
        ("<%= ENV[«name»] %>", UnsupportedExpression),
        ("<%= «010» %>", UnsupportedExpression),
        ("<%= «99999999999999999999» %>", UnsupportedExpression),
        ("<%= ENV['A'].present? «?»'a':'b' %>", UnsupportedExpression),
        ("<%= ENV['A'] «#» c %>", UnsupportedExpression),
        ("<%= ENV['A']\n«||» 'b' %>", UnsupportedExpression),
        ("<%= ENV['X'].«empty?» %>", UnsupportedExpression),
        ("<% end« if true» %>", UnsupportedExpression),
        ("<%= '1_0'.«to_i» %>", UnsupportedExpression),
        ("<%= «5»_000 %>", UnsupportedExpression),
        ("<%= ENV.«key?»('A') %>", UnsupportedExpression),
        ("<%= ENV['A'].«nil?» %>", UnsupportedExpression),
        ("<%= ENV['A']«&».to_s %>", UnsupportedExpression),
        ("<%« xs.each do |x|» %>a<% end %>", UnsupportedExpression),
        ("<%« xs.each { |x|» %>a<% } %>", UnsupportedExpression),
        (
            "<%« case ENV['A']» %><% when 'a' %>a<% else %>b<% end %>",
            UnsupportedExpression,
        ),
        ("<%=« »%>", InvalidTemplate),
        ("<%«-» if ENV['A'] %>", InvalidTemplate),
        ("<%= ENV['A'] «-»%>", InvalidTemplate),
        ("a «<%»= ENV['A'", InvalidTemplate),
        ("<%= «'a »%>", InvalidTemplate),
        ("«<% if true %>»a", InvalidTemplate),
        ("a<% «end» %>", InvalidTemplate),
        ("<% «else» %>", InvalidTemplate),
        (
            "<% unless true %><% «elsif» true %><% end %>",
            InvalidTemplate,
        ),
        (
            "<% if true %><% else %><% «else» %><% end %>",
            InvalidTemplate,
        ),
        ("<%= ENV[«'postgres://u:pw@h/d'»] %>", InvalidName),
        ("<%= ENV.fetch('«X»') %>", UnsetVariable),
        ("<%= ENV.fetch('A', ENV.fetch('«X»')) %>", UnsetVariable),
        (
            "<% if ENV.fetch('«X»') %>a<% else %><%= ENV.fetch('Y') %><% end %>",
            UnsetVariable,
        ),
    ] {
        let template = marked.replace(['«', '»'], "");
        let start = marked.find('«').expect("a mark");
        let end = marked.find('»').expect("a mark") - '«'.len_utf8();
        let error = rejected(&template);
        let span = error.span().map(|span| (span.start(), span.end()));
        assert_eq!(span, Some((start, end)), "{marked}: {error}");
        assert_eq!(error.kind(), kind, "{marked}: {error}");
        assert_eq!(error.iter().count(), 1, "{marked}");
    }
}

#[test]
fn all_failures_are_reported_together() {
    let error = rejected("<%- 1 %><%= ENV['A %>\n<% end %><%= ENV[");
    assert_eq!(error.iter().count(), 4);
    let error = rejected("<%= nope %><%= ENV['A'].x %>\n<% if y %><% end %>");
    assert_eq!(error.iter().count(), 3);
    let error = rejected(
        "<%= ENV.fetch('X') %><% if ENV.fetch('Y') %><%= ENV.fetch('B') %><% end %><%= ENV.fetch('Z') %>",
    );
    assert_eq!(error.iter().count(), 3);
}

#[test]
fn no_literal_and_no_unknown_word_is_shown() {
    for template in [
        "<%= hunter2 %>",
        "<%= ENV['A'].hunter2 %>",
        "<%= ENV['hunter2!'] %>",
        "<%= 'hunter2' 5 %>",
        "<%= 'hunter2 %>",
        "<%= ENV.fetch('X', 'hunter2'.empty?.empty?) %>",
        "<%= hunter2://u:hunter2@h/d %>",
    ] {
        let error = rejected(template);
        let shown = format!("{error} {error:?} {:?}", error.help());
        assert!(!shown.contains("hunter2"), "{template}: {shown}");
    }
}

#[test]
fn unset_variables_are_named_unless_something_replaced_them() {
    for (template, unset) in [
        (
            "<%= ENV['X'] %> <%= ENV['Y'] %> <%= ENV['X'] %>",
            &["X", "Y"][..],
        ),
        ("<%= ENV['X'] || 'd' %>", &[]),
        ("<%= ENV['X'] || ENV['Y'] %>", &["X", "Y"]),
        ("<%= ENV['X'] || ENV['B'] %>", &[]),
        ("<%= ENV['X'].to_i %>", &["X"]),
        ("<%= ENV.fetch('X', nil) %>", &["X"]),
        ("<%= ENV.fetch('X', ENV['Y']) %>", &["X", "Y"]),
        ("<%= ENV.fetch('B', ENV['Y']) %>", &[]),
        (
            "<%= ENV['X'] ? 1 : 2 %><% if ENV['Y'] == 'a' %><% end %>",
            &[],
        ),
        (
            "<%= ENV['X'].blank? %><%= !ENV['X'] %><%= ENV['X'] && 'a' %>",
            &[],
        ),
        ("<%= ENV['A'] && ENV['X'] %>", &["X"]),
    ] {
        let expansion = expand(template, &vars()).expect(template);
        assert_eq!(expansion.unset, unset, "{template}");
    }
}

#[test]
fn what_variables_hold_is_masked_and_the_template_is_not() {
    for (template, shown) in [
        ("a <%= ENV['B'] %>", "a ****"),
        ("<%= ENV['E'] %>", ""),
        ("<%= ENV['X'] || 'd' %>", "d"),
        (
            "<%= ENV['B'].to_json %><%= ENV['A'].to_i %><%= ENV['X'].to_i %>",
            "********0",
        ),
        (
            "<%= ENV['B'] ? 'y' : 'n' %><%= ENV['B'].blank? %><%= ENV['B'] == 'b' %>",
            "yfalsefalse",
        ),
        ("<% if ENV['B'] %><%= ENV['B'] && 'y' %><% end %>", "y"),
        ("<%= ENV['X'] || ENV.fetch('Y', ENV['B']) %>", "****"),
        (
            "<%= ENV.fetch('X', 'd') %><%= ENV.fetch('B', 'd') %>",
            "d****",
        ),
    ] {
        let masked = super::fill(template, &vars(), true).expect(template);
        let masked = masked.value.expect(template);
        assert_eq!(masked.expose(), shown, "{template}");
    }
}

#[test]
fn the_variable_that_is_the_whole_text_is_known() {
    for (template, sole) in [
        ("<%= ENV['URL'] %>", Some("URL")),
        ("<%= ENV['X'] || ENV['URL'] %>", Some("URL")),
        ("<%= ENV['URL'].presence || 'd' %>", Some("URL")),
        ("<%= ENV['X'] || 'd' %>", None),
        ("<%= ENV['URL'] %>\n", None),
        ("<%= ENV['URL'].to_json %>", None),
    ] {
        let expansion = expand(template, &vars()).expect(template);
        assert_eq!(expansion.sole.as_deref(), sole, "{template}");
    }
}

#[test]
fn what_a_file_uses_is_listed_without_variables() {
    let template = "<% if ENV['T'] %><%= ENV['N'] %><%= ENV['D'] || 'd' %><%= ENV.fetch('R') %><% end %>\
                    <%= ENV.fetch('F') { ENV['G'] } %><%= ENV.fetch('H', 1) %>";
    let found = super::variables(template).expect("a template");
    let found = found.iter().map(|variable| {
        let name = &template[variable.span.range()];
        (name, variable.has_default, variable.required)
    });
    let expected = [
        ("T", true, false),
        ("N", false, false),
        ("D", true, false),
        ("R", false, true),
        ("F", false, false),
        ("G", false, false),
        ("H", true, false),
    ];
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn nesting_and_length_are_bounded() {
    for (open, core, close) in [
        ("(", "1", ")"),
        ("!", "1", ""),
        ("ENV.fetch('X') {", "1", "}"),
        ("true ? ", "1", " : 2"),
        ("1 ? 2 : ", "1", ""),
    ] {
        let nested = |times| {
            let (open, close) = (open.repeat(times), close.repeat(times));
            format!("<%= {open}{core}{close} %>")
        };
        let error = rejected(&nested(10_000));
        assert_eq!(error.kind(), ErrorKind::UnsupportedExpression, "{open}");
        assert!(expand(&nested(12), &vars()).is_ok(), "{open}");
    }
    let [ifs, ends] = ["<% if 1 %>", "<% end %>"].map(|tag| tag.repeat(10_000));
    assert!(expand(&(ifs + &ends), &vars()).is_err());
    // Long chains are not deep.
    assert_eq!(
        text(&format!("<%= {}'d' %>", "ENV['X'] || ".repeat(10_000))),
        "d"
    );
    assert_eq!(text(&format!("<%= ''{} %>", ".to_s".repeat(10_000))), "");
    let long = Vars::from([("L", "x".repeat(1 << 19))]);
    assert!(expand("<%= ENV['L'] %><%= ENV['L'] %>", &long).is_ok());
    let error = expand("<%= ENV['L'] %><%= ENV['L'] %>.", &long).expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::TooLong);
}

#[test]
fn a_prepared_file_holds_no_value_and_knows_its_locations() {
    let file = "<%# c %>a:\n<% if ENV['A'] %>\n  é: <%= ENV['EVIL'] %> # <%= ENV.fetch('X') %>\n<% else %>\n  no: 1\n<% end %>\n  z: <%% x<%= 1 %>\n";
    let prepared = prepare(file, &vars(), None).expect("a file");
    let text = prepared.text().expose();
    assert!(!text.contains("no: 1") && !text.contains("ENV") && !text.contains("x: y"));
    assert_eq!(text.lines().count(), 5);
    for (word, line, column) in [
        ("a:", 1, 9),
        ("é: ", 3, 3),
        ("# ", 3, 25),
        ("z: ", 7, 3),
        ("<% x", 7, 6),
    ] {
        let at = text.find(word).expect(word);
        assert_eq!(prepared.location(at), Position::new(line, column), "{word}");
    }
    let mark = text.find('\u{10fff0}').expect("a mark");
    assert_eq!(prepared.location(mark + 1), Position::new(3, 6));
    assert_eq!(prepared.location(text.len()), Position::new(8, 1));

    let plain = |text: &str| Scalar::new(text, Style::Plain);
    let scalar = plain(text[mark..].split(' ').next().expect("a mark"));
    let filled = prepared
        .fill(&scalar, &vars(), false)
        .expect("a tag")
        .expect("a value");
    assert_eq!(
        filled.value.expect("a string").expose(),
        "<%= ENV['B'] %>\nx: y"
    );
    assert_eq!(filled.sole.as_deref(), Some("EVIL"));
    assert!(prepared.fill(&plain("no tag"), &vars(), false).is_none());
}

#[test]
fn a_scalar_is_filled_by_itself() {
    for (template, plain, quoted) in [
        ("<%= ENV['X'] %>", None, ""),
        ("<%= ENV['X'].to_json %>", None, ""),
        ("<%= ENV['E'] %>", None, ""),
        ("<%= ENV['E'].to_json %>", Some(""), ""),
        ("<%= ENV['B'].to_json %>", Some("bee"), "bee"),
        ("<%= ENV.fetch('X') { 5 } %>", Some("5"), "5"),
        ("<%= ENV['X'] || false %>", Some("false"), "false"),
        ("a<%= ENV['X'] %>", Some("a"), "a"),
        ("<%= 1 %><%= ENV['B'] %>", Some("1bee"), "1bee"),
        ("a <%= ENV['B'].to_json %>", Some("a \"bee\""), "a \"bee\""),
    ] {
        let prepared = prepare(template, &vars(), None).expect(template);
        for (style, value) in [(Style::Plain, plain), (Style::Quoted, Some(quoted))] {
            let scalar = Scalar::new(prepared.text().expose(), style);
            let filled = prepared.fill(&scalar, &vars(), false).expect(template);
            let filled = filled.expect(template).value;
            let filled = filled.as_ref().map(Secret::expose);
            assert_eq!(filled, value, "{template}, {style:?}");
        }
    }
}

#[test]
fn what_is_not_evaluated_is_not_known() {
    let codes = [
        "nope",
        "ENV['A'] + 'x'",
        "Worker.running? ? ENV.fetch('A', 1) : 2",
        "ENV['X'] || nope",
        "ENV['B'] || nope ? 1 : 2",
        "ENV['B'] || 1..nope",
        "ENV['B'] || nope if ENV['A']",
        "(ENV['B'] || nope) + 'x'",
        "ENV['A'] rescue 1",
        "x = ENV['A']",
        "case 1",
        "ENV.fetch 'X', ENV.fetch('A') do 'b' end",
        "\"a#{nope}\"",
        "ENV.fetch('X') { nope }",
        "'a' if nope",
    ];
    for code in codes {
        let template = format!("<%= {code} %>");
        let prepared = prepare(&template, &vars(), None).expect(code);
        let scalar = Scalar::new(prepared.text().expose(), Style::Plain);
        let filled = prepared.fill(&scalar, &vars(), false).expect(code);
        let unknown = filled.expect(code).unknown.expect(code);
        assert_eq!(unknown.kind(), ErrorKind::UnsupportedExpression, "{code}");
    }
}

#[test]
fn what_unknown_code_uses_is_listed() {
    let template = "<%= nope(ENV['A'], ENV.fetch(\"B-C\")) %><% x = ENV.fetch 'D' %><%= ENV['E'] || ENV['F'].strip %>";
    let found = super::variables(template).expect("a list");
    let names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["A", "B-C", "D", "E", "F"]);
    for one in &found {
        assert_eq!(&template[one.span.range()], one.name);
    }
}

#[test]
fn a_tag_names_an_alias() {
    let file = "a: &a {x: 1}\nb:\n  <<: *<%= ENV['X'] || 'a' %>\n";
    let prepared = prepare(file, &vars(), None).expect("a file");
    assert!(prepared.text().expose().ends_with("<<: *a\n"));
    for (code, kind) in [
        ("ENV['URL']", ErrorKind::InvalidDocument),
        ("nope", ErrorKind::UnsupportedExpression),
    ] {
        let file = format!("b: *<%= {code} %>\n");
        let error = prepare(&file, &vars(), None).err().expect(code);
        assert_eq!(
            (error.kind(), error.span().map(Span::start)),
            (kind, Some(if code == "nope" { 8 } else { 4 }))
        );
    }
}

#[test]
fn marks_cannot_be_written_and_keys_hold_none() {
    let error = prepare("a: \u{10fff0}0\u{10fff1}", &vars(), None)
        .err()
        .expect("a mark");
    assert_eq!(
        (error.kind(), error.span().map(Span::start)),
        (ErrorKind::InvalidDocument, Some(3))
    );
    let prepared = prepare("<%= ENV['A'] %>: 1", &vars(), None).expect("a file");
    let key = prepared.text().expose().split(':').next().expect("a key");
    assert_eq!(
        prepared.rejected_key(key).map(|error| error.kind()),
        Some(ErrorKind::UnsupportedExpression)
    );
    assert!(prepared.rejected_key("plain").is_none());
    // By an escape of YAML.
    for text in [
        "\u{10fff0}7\u{10fff1}",
        "\u{10fff0}",
        "\u{10fff0}0",
        "\u{10fff0}99999999999999999999999\u{10fff1}",
    ] {
        let scalar = Scalar::new(text, Style::Plain);
        assert!(prepared.fill(&scalar, &vars(), false).is_none());
    }
}

#[test]
fn locations_are_right_in_long_lines_and_after_a_byte_order_mark() {
    let file = format!("\u{feff}{}<%= 1 %>b\r\nc", "é".repeat(1000));
    let prepared = prepare(&file, &vars(), None).expect("a file");
    let at = |word: char| prepared.location(prepared.text().expose().find(word).expect("a word"));
    assert_eq!(at('é'), Position::new(1, 1));
    assert_eq!(at('b'), Position::new(1, 1009));
    assert_eq!(at('c'), Position::new(2, 1));
    assert_eq!(
        prepare("", &vars(), None).expect("a file").location(0),
        Position::new(1, 1)
    );
}
