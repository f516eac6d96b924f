using System.Text.Json.Nodes;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Prompts.PromptSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Prompts;

/// <summary>Versions beside each other.</summary>
public sealed class PromptVersionsTests
{
    private const string Ticket = """{"ticket":"x"}""";

    [Fact]
    public async Task Versions_SideBySide_AreCalledByPath_AndTheReleasedOneWithout()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("ok"));
        var prompt = Prompt(Version("1", "one"), Version("2", "two"));
        await using var gateway = await StartAsync(prompt, upstream);

        Assert.Equal((string[])["1", "2", "1"], (string?[])[await VersionAsync(gateway, At), await VersionAsync(gateway, At + "/versions/2"), await VersionAsync(gateway, At + "/versions/1")]);
        gateway.Apply(Document(prompt with { Release = "2" }, upstream));
        Assert.Equal((string[])["2", "1"], (string?[])[await VersionAsync(gateway, At), await VersionAsync(gateway, At + "/versions/1")]);

        Assert.Equal(["one", "two", "one", "two", "one"], upstream.Bodies.Select(b => (string?)JsonNode.Parse(b)!["messages"]![0]!["content"]));
        Assert.Equal(["1", "2", "1", "2", "1"], (await gateway.Calls.WaitForAsync(5)).Select(r => r.Version));
    }

    [Fact]
    public async Task Canary_GetsItsShare_OfCallsThatPinNoVersion()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("ok"));
        var random = new Always();
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Random = random }, Document(Prompt(Version("1"), Version("2") with { Canary = 0.1 }, Version("3") with { Canary = 0.2 }), upstream));

        foreach (var (draw, expected) in ((double, string)[])[(0.05, "2"), (0.15, "3"), (0.35, "1"), (0.99, "1")])
        {
            random.Draw = draw;
            Assert.Equal(expected, await VersionAsync(gateway, At));
        }

        random.Draw = 0.05;
        Assert.Equal("1", await VersionAsync(gateway, At + "/versions/1"));
    }

    [Fact]
    public async Task Versions_ThatStayTheSame_AreNotBuiltAnew()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("ok"));
        await using var gateway = await StartAsync(Prompt(Version()), upstream);
        var before = gateway.Get<SnapshotHolder>().Current!.Models.Prompts.All.Single();

        gateway.Apply(Document(Prompt(Version()), upstream, m => m with { MaxAttempts = 2 }));
        Assert.Same(before, gateway.Get<SnapshotHolder>().Current!.Models.Prompts.All.Single());

        gateway.Apply(Document(Prompt(Version("1", "other")), upstream));
        Assert.NotSame(before, gateway.Get<SnapshotHolder>().Current!.Models.Prompts.All.Single());
    }

    [Fact]
    public async Task Document_WhoseTemplatesCannotBeParsed_LeavesTheOldOneRunning_AndTheNextIsTaken()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("ok"));
        await using var gateway = await StartAsync(Prompt(Version("1", "good")), upstream);

        gateway.Apply(Document(Prompt(Version("2", "{{ nothing")), upstream));
        Assert.Equal("1", await VersionAsync(gateway, At));
        Assert.Contains(gateway.Status.Rejected, f => f is { Code: "bad_template", Resource: "Prompt/triage", Path: "spec.versions[0]" });

        gateway.Apply(Document(Prompt(Version("3", "good again")), upstream));
        Assert.Equal("3", await VersionAsync(gateway, At));
    }

    private static async Task<string?> VersionAsync(TestGateway gateway, string path)
    {
        var (status, body) = await gateway.AskAsync(Ticket, path);
        Assert.True(status == 200, body);
        return (string?)JsonNode.Parse(body)!["version"];
    }

    private sealed class Always : IRandomSource
    {
        public double Draw { get; set; }

        public double NextDouble() => Draw;

        public int Next(int exclusiveMax) => (int)(Draw * exclusiveMax);

        public void NextBytes(Span<byte> bytes) => Random.Shared.NextBytes(bytes);
    }
}
