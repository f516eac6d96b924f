using Tidegate.Core.Prompts;
using Tidegate.Core.Resources.Prompts;
using static Tidegate.Tests.Core.Prompts.Rendering;

namespace Tidegate.Tests.Core.Prompts;

/// <summary>Text in, text out; and what is said of templates that cannot be used.</summary>
public sealed class PromptTemplateTests
{
    private const string Values = """
        {"name":"Ada <b>&\"x\"","n":12.50,"flag":true,"off":false,"list":["a",2,true,null,["x"]],"empty_list":[],"o":{"k":"v","deep":{"x":1.50},"size":7},"word":"red"}
        """;

    private static readonly VariableConfig[] Variables =
    [
        Of("name"), Of("n", VariableType.Number), Of("flag", VariableType.Boolean), Of("off", VariableType.Boolean), Of("list", VariableType.Array), Of("empty_list", VariableType.Array),
        Of("o", VariableType.Object), new() { Name = "word", Type = VariableType.Enum, Values = ["red", "green"] }, new() { Name = "gone", Required = false },
    ];

    [Theory]
    [InlineData("Hi {{ name }}!", "Hi Ada <b>&\"x\"!")]
    [InlineData("{{n}} {{ flag }} {{ off }}", "12.5 true false")]
    [InlineData("{% if flag %}yes{% else %}no{% endif %} {% if off %}yes{% elsif n > 3 %}more{% endif %} {% unless gone %}not given{% endunless %}", "yes more not given")]
    [InlineData("{% for x in list %}{{ forloop.index }}={{ x }}{% unless forloop.last %}, {% endunless %}{% endfor %}", "1=a, 2=2, 3=true, 4=, 5=[\"x\"]")]
    [InlineData("{% for x in empty_list %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% for x in list limit: 2 %}{{ x }}{% endfor %}{% for x in list %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}", "a2a")]
    [InlineData("{{ o.k }} {{ o.deep.x }} {{ o.nothing }}{{ o['k'] }} {{ list[1] }} {{ list.size }} {{ o.size }}", "v 1.5 v 2 5 7")]
    [InlineData("{{ o }} {{ list }} {{ o | json }} {{ name | json }} {{ gone | json }}", """{"k":"v","deep":{"x":1.50},"size":7} ["a",2,true,null,["x"]] {"k":"v","deep":{"x":1.50},"size":7} "Ada <b>&\"x\"" null""")]
    [InlineData("{% for p in o %}{{ p[0] }};{% endfor %}", "k;deep;size;")]
    [InlineData("{% case word %}{% when 'red' %}stop{% when 'green' %}go{% endcase %}", "stop")]
    [InlineData("{% if list contains 'a' and name contains 'Ada' %}both{% endif %}{% if empty_list == empty %}!{% endif %}", "both!")]
    [InlineData("{{ gone | default: 'nobody' }} {{ word | upcase | truncate: 2, '' }} {{ list | join: '/' }} {{ list | first }} {{ list | size }} {{ word | size }}", "nobody RE a/2/true//[\"x\"] a 5 3")]
    [InlineData("<doc>{{ name | escape }}</doc>", "<doc>Ada &lt;b&gt;&amp;&quot;x&quot;</doc>")]
    [InlineData("a\n{%- if flag -%}\n b \n{%- endif -%}\n c", "abc")]
    [InlineData("  \n {{ word }} \n\n", "red")]
    [InlineData("{% raw %}{{ name }}{% endraw %}{% comment %}{{ nope }}{% endcomment %}{% # note %}", "{{ name }}")]
    [InlineData("{ not a tag } {} %} }}", "{ not a tag } {} %} }}")]
    public async Task Render_TemplateAndValues_AreThisText(string template, string expected) => Assert.Equal(expected, await TextAsync(Version(template, Variables), Values));

    [Theory]
    [InlineData("a {{ b", "bad_template 1:7 End of tag '}}' was expected.")]
    [InlineData("x\ny {% if word %} z", "bad_template 2:18 '{% endif %}' was expected.")]
    [InlineData("{% assign x = 1 %}", "bad_template 1:10 Unknown tag 'assign'. Legal are if, unless, case, for, break, continue, comment, raw, # and their ends.")]
    [InlineData("{% include 'x' %}", "bad_template 1:11 Unknown tag 'include'. Legal are if, unless, case, for, break, continue, comment, raw, # and their ends.")]
    [InlineData("{{#each list}}{{/each}}", "bad_template 1:3 A value was expected. Blocks are written {% if name %}...{% endif %} and {% for item in list %}...{% endfor %}.")]
    [InlineData("ok\n  {{ nmae }}", "unknown_variable 2:6 There is no variable \"nmae\". Did you mean \"name\"? There are list, name, word.")]
    [InlineData("{{ list.word }}{{ other }}{{ 'third' | upcase }}", "unknown_variable 1:19 There is no variable \"other\". There are list, name, word.")]
    [InlineData("{% for x in list %}{{ x }}{% endfor %}{{ x }}", "unknown_variable 1:8 There is no variable \"x\". There are list, name, word.")]
    [InlineData("{{ name | upcse }}", "unknown_filter 1:11 There is no filter \"upcse\". Did you mean \"upcase\"? There are capitalize, default, downcase, escape, first, join, json, last, size, strip, truncate, truncatewords, upcase.")]
    [InlineData("{{ name | append: name }}", "unknown_filter 1:11 There is no filter \"append\". There are capitalize, default, downcase, escape, first, join, json, last, size, strip, truncate, truncatewords, upcase.")]
    [InlineData("{% for i in (1..1000000000) %}x{% endfor %}", "bad_template 0:0 Ranges (1..n) are not supported: loop over a variable of type array.")]
    [InlineData("{{ (1..1000000000) | join }}", "bad_template 0:0 Ranges (1..n) are not supported: loop over a variable of type array.")]
    public void Parse_WhatCannotBeUsed_SaysWhereAndWhatIsLegal(string template, string expected)
    {
        var problems = new List<TemplateProblem>();

        Assert.Null(PromptTemplate.Parse(template, new HashSet<string> { "name", "word", "list" }, problems));

        var problem = Assert.Single(problems);
        Assert.Equal(expected, $"{problem.Code} {problem.Line}:{problem.Column} {problem.Message}");
    }

    [Fact]
    public void Parse_SeveralProblems_AreAllThere()
    {
        var problems = new List<TemplateProblem>();

        Assert.Null(PromptTemplate.Parse("{{ a }}{{ b | x }}", new HashSet<string>(), problems));

        Assert.Equal(["unknown_filter", "unknown_variable", "unknown_variable"], problems.Select(p => p.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parse_DeeperThanAnyoneWrites_IsAProblemAndNoEnd()
    {
        Assert.Equal("too_deep", Problem(string.Concat(Enumerable.Repeat("{% if name %}", 3000)) + string.Concat(Enumerable.Repeat("{% endif %}", 3000))).Code);
        Assert.Equal("too_long", Problem("{% if " + string.Concat(Enumerable.Repeat("name and ", 5000)) + "name %}{% endif %}").Code);
        Assert.Equal("too_long", Problem(new string('x', PromptLimits.MostOfTemplate + 1)).Code);
    }

    private static TemplateProblem Problem(string template)
    {
        var problems = new List<TemplateProblem>();
        Assert.Null(PromptTemplate.Parse(template, new HashSet<string> { "name" }, problems));
        return Assert.Single(problems);
    }
}
