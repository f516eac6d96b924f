using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Reading;

public sealed class BlockYamlReaderTests
{
    private static readonly string[] Lines =
    [
        "a: b", "a: 1.10", "a:", "b:", "- a", "- a: b", "- a:", "- - a", "-", "- ", "-a", "a: -1", "a: - b", "a: 'x y'", "a: \"x: #y\"", "a: \"x\\ty\"", "a: 'it''s'", "a: [x, y]",
        "a: [x, \"y z\", '']", "a: []", "a: [ ]", "a: [x,]", "a: [x y]", "a: [x: y]", "a: [[x]]", "a: [x] # c", "a: [x]#c", "a: {b: c}", "a: {}", "a: x # c", "a: x#c", "a: # c", "# c", "",
        "  ", "a: b: c", "a: b:", "a:b", "a: http://h:1/{id}?q", "a b: c", "\"a\": b", "a : b", "? a", ": a", "a: |", "a: >-", "a: &x b", "a: *x", "a: !!str b", "<<: *x", "---", "--- a", "...",
        "%YAML 1.2", "a: ${env:X}", "a: ~", "a: null", "a: .", "a: ..", "a: /", "a: -", "a: --", "a: ---", "a: @x", "a: `x", "a: %x", "a: ,x", "a: x, y", "a: x]", "a: é", "a:\tb", "null: x", "1: x",
        "-1: x", ".: x", "/p: x", "a: \"x\" y", "a: \"x\"#y", "a: \"x\" #y", "a: 'x", "a: [x", "x", "\"x\"", "- \"x\"", "- [x]", "- x: y # z", "-   a: b", "- a # c", "a: x\ny", "a: =", "a: <<", "a: +1", "a: x -y",
        "a:  x", "a: x ", "a: '' ", "a: x'y\"z", "a: y: [", "_a: _b", "a.b/c-d: e", "a: 0x1F", "a: 12:30", "a: x:y", "a: x :y", "a: x# y", "a: $x", "a: \"\"",
    ];

    [Fact]
    public void TryRead_WhateverItTakes_IsWhatTheCompleteParserReads()
    {
        var line = from said in Gen.Elements(Lines) from indent in Gen.Choose(0, 4) select new string(' ', indent) + said;
        var text = from lines in line.ListOf() select string.Join('\n', lines);
        int taken = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithStartSize(1).WithEndSize(9), Prop.ForAll(text.ToArbitrary(), AgreesOnText));
        Assert.True(taken > 300, $"only {taken} texts were taken: the property says nothing");

        void AgreesOnText(string yaml)
        {
            foreach (var chunk in YamlChunk.Split(yaml))
            {
                if (!BlockYamlReader.TryRead("f", chunk, out var document)) continue;
                if (document is not null) taken++;
                Assert.Equal(string.Concat(new YamlNodeReader("f", chunk, new ReadLimits()).Documents().Select(Dump)), document is null ? "" : Dump(document));
            }
        }
    }

    [Fact]
    public void TryRead_DocumentsWrittenByUs_AgreesAndTakesMost()
    {
        int all = 0, taken = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(AnyResource.Documents, document =>
        {
            foreach (var resource in document.Resources)
            {
                all++;
                var chunk = new YamlChunk(YamlWriter.Shown([resource]), 1);
                if (!BlockYamlReader.TryRead("f", chunk, out var read)) continue;
                taken++;
                Assert.Equal(Dump(new YamlNodeReader("f", chunk, new ReadLimits()).Documents().Single()), Dump(read!));
            }
        }));
        Assert.True(taken * 50 > all, $"{taken} of {all}");
    }

    [Theory]
    [InlineData("kind: Route\nspec:\n  hosts: [a.example.com, 'b']\n  list:\n  - x: 1 # why\n    y: http://a:1/{id}\n  - z: \"q\"\nlast: true\n")]
    [InlineData("---\n# nothing\n")]
    [InlineData("")]
    public void TryRead_UsualText_IsTaken(string text)
    {
        Assert.True(BlockYamlReader.TryRead("f", new YamlChunk(text, 1), out var document));
        Assert.Equal(string.Concat(new YamlNodeReader("f", new YamlChunk(text, 1), new ReadLimits()).Documents().Select(Dump)), document is null ? "" : Dump(document));
    }

    private static string Dump(Node node) => node.Position + " " + node switch
    {
        ScalarNode scalar => $"{scalar.Style} <{scalar.Text}>",
        ListNode list => $"[{string.Join(", ", list.Items.Select(Dump))}]",
        MapNode map => $"{{{string.Join(", ", map.Entries.Select(e => $"{Dump(e.Key)}: {Dump(e.Value)}"))}}}",
        _ => throw new NotSupportedException(node.GetType().Name),
    } + "\n";
}
