//! What hostile ERB costs. The only test of its file: others next to it would be measured, too.

use crate::common::arbitrary::assert_linear;
use database_url::Vars;
use database_url::settings::template::{Syntax, expand, variables};

#[test]
fn hostile_templates_cost_in_proportion_to_their_length() {
    let vars = Vars::from([("A", "1"), ("E", "")]);
    let rows = &[
        ("", "<%=1%>", ""),
        ("", "<%", ""),
        ("", "<%%", ""),
        ("<%", "%%>", ""),
        ("", "<%=x%>", ""),
        ("", "<%= ENV['X'] %>", ""),
        ("", "<% if 1 %>", ""),
        ("", "<% end %>", ""),
        ("", "<% if nil %>a<% end %>", ""),
        ("<% if nil %>", "<% elsif nil %>", "<% end %>"),
        ("<%=", "(", "%>"),
        ("<%=", "!", "%>"),
        ("<%=", "nil||", "nil%>"),
        ("<%=", "ENV['X']||", "1%>"),
        ("<%=", "1&&", "nil%>"),
        ("<%=''", ".to_s", "%>"),
        ("<%='", "\\\\", "'%>"),
        ("<%='", "%%>", "'%>"),
        ("<%=", "1", "%>"),
        ("<%=1", "_1", "%>"),
        ("<%=ENV.fetch('X',", "nil||ENV['X']||", "1)%>"),
    ];
    assert_linear(|text| drop(expand(Syntax::Erb, text, &vars)), rows);
    assert_linear(
        |text| drop(variables(Syntax::Erb, text)),
        &rows[rows.len() - 1..],
    );
}
