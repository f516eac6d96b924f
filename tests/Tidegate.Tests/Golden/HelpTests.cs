using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Golden;

/// <summary>The help of every verb, one file each, so that a change of the command line is a change in review.</summary>
public sealed class HelpTests
{
    private static readonly CommandLine Line = new(new FakeTerminal(), new FakeAdmin(_ => FakeAdmin.Json("{}")), TimeProvider.System, VerbList.Groups);

    public static TheoryData<string> Names => [.. All(Line.Root, "tidegate").Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_IsAsListed(string name)
    {
        var command = All(Line.Root, "tidegate").Single(entry => entry.Name == name).Command;

        GoldenFile.Check($"Help/{name.Replace(' ', '-')}.txt", Line.Help.For(command, name));
    }

    [Fact]
    public void Help_OfVerbsThatAreGone_IsGone()
    {
        var known = All(Line.Root, "tidegate").Select(entry => entry.Name.Replace(' ', '-') + ".txt").ToList();

        Assert.NotEmpty(known);
        Assert.All(GoldenFile.Names("Help"), file => Assert.Contains(file, known));
    }

    [Fact]
    public void Help_EveryVerbOptionAndArgument_IsDescribed()
    {
        var commands = All(Line.Root, "tidegate").ToList();

        Assert.True(commands.Count > 3);
        Assert.All(commands, entry =>
        {
            Assert.False(string.IsNullOrWhiteSpace(entry.Command.Description), entry.Name);
            Assert.All(entry.Command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{entry.Name} {option.Name}"));
            Assert.All(entry.Command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"{entry.Name} {argument.Name}"));
        });
    }

    private static IEnumerable<(string Name, Command Command)> All(Command command, string name) =>
        command.Subcommands.SelectMany(sub => All(sub, $"{name} {sub.Name}")).Prepend((name, command));
}
