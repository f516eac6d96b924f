using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Calls;

/// <summary>Runs a verb of <c>tidegate calls</c> against an API that gives one answer, and remembers what it was asked.</summary>
internal sealed class CallsScenario(string answer)
{
    public FakeTerminal Terminal { get; init; } = new();

    /// <summary>Method and path with query.</summary>
    public string Asked { get; private set; } = "";

    /// <summary>What was sent with it.</summary>
    public JsonNode? Sent { get; private set; }

    /// <summary>Answer with this problem instead.</summary>
    public int Status { get; init; } = 200;

    public string Output => Terminal.Output;

    public string Errors => Terminal.Errors;

    public async Task<int> RunAsync(params string[] words)
    {
        using var admin = new FakeAdmin(request =>
        {
            Asked = $"{request.Method} {Uri.UnescapeDataString(request.RequestUri!.PathAndQuery)}";
            if (request.Content is { } content) Sent = JsonNode.Parse(content.ReadAsStream(TestContext.Current.CancellationToken));
            return Status == 200 ? FakeAdmin.Json(answer) : FakeAdmin.Problem(answer, (System.Net.HttpStatusCode)Status);
        });
        return await new CommandLine(Terminal, admin, TimeProvider.System, VerbList.Groups).RunAsync(["calls", .. words], TestContext.Current.CancellationToken);
    }
}
