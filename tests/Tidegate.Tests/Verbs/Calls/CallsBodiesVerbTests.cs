using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Calls;

/// <summary><c>calls show --bodies</c> and <c>calls erase</c>.</summary>
public sealed class CallsBodiesVerbTests
{
    private const string Id = "0192f0c4a0b17c3e8d2f4b5a6c7d8e9f";

    private const string Detail = $$"""
        {"call":{"id":"{{Id}}","traceId":"","spanId":"","startedAt":"2026-01-15T12:00:00Z","durationUs":1500,"route":"models","service":"fast","version":"","consumer":"app","keyId":"","destination":"p1/m","method":"POST",
         "host":"h","path":"/v1/chat/completions","clientIp":"","protocol":"HTTP/1.1","kind":"model","status":200,"outcome":"ok","failed":false,"requestBytes":9,"responseBytes":9,"error":"","why":"","revision":1,"attempts":0},"attempts":[]}
        """;

    private const string Bodies = $$$"""
        {"id":"{{{Id}}}","startedAt":"2026-01-15T12:00:00Z","consumer":"app",
         "request":{"mediaType":"application/json","size":1234,"text":"{\"model\":\"fast\",\"text\":\"grün \\u001b[31m\"}","truncated":false,"omitted":""},
         "answer":{"mediaType":"text/event-stream","size":70000,"text":"{\"half\":\"a sen","truncated":true,"omitted":""}}
        """;

    private readonly FakeTerminal _terminal = new();
    private readonly List<string> _asked = [];

    [Fact]
    public async Task ShowBodies_JsonIsIndented_ControlCharactersAreNone_WhatIsCutOffIsSaid()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("show", Id, "--bodies"));

        Assert.Equal([$"GET /api/v1/calls/{Id}", $"GET /api/v1/calls/{Id}/bodies"], _asked);
        Assert.EndsWith(
            """

            request: application/json, 1,234 bytes
            {
              "model": "fast",
              "text": "grün \u001B[31m"
            }

            answer: text/event-stream, 70,000 bytes, the beginning
            {"half":"a sen

            """.ReplaceLineEndings("\n"), _terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("binary", "audio/mpeg, 5 bytes, not kept: it is no text")]
    [InlineData("refused", "audio/mpeg, 5 bytes, not kept: a guardrail refused it")]
    public async Task ShowBodies_WhatIsNotKept_IsSaid(string omitted, string expected)
    {
        var none = $$$"""{"id":"{{{Id}}}","startedAt":"2026-01-15T12:00:00Z","consumer":"","request":{"mediaType":"audio/mpeg","size":5,"text":null,"truncated":false,"omitted":"{{{omitted}}}"},"answer":{"mediaType":"","size":0,"text":null,"truncated":false,"omitted":""}}""";

        await RunAsync(["show", Id, "--bodies"], none);

        Assert.Contains($"request: {expected}", _terminal.Output, StringComparison.Ordinal);
        Assert.Contains("answer: none", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowBodies_Json_IsOneObject()
    {
        await RunAsync("show", Id, "--bodies", "-o", "json");

        var shown = JsonNode.Parse(_terminal.Output)!;
        Assert.Equal((Id, 0, 1234, true), ((string)shown["call"]!["id"]!, shown["attempts"]!.AsArray().Count, (int)shown["request"]!["size"]!, (bool)shown["answer"]!["truncated"]!));
    }

    [Fact]
    public async Task Show_WithoutBodies_DoesNotAskForThem()
    {
        await RunAsync("show", Id);

        Assert.Equal([$"GET /api/v1/calls/{Id}"], _asked);
    }

    [Fact]
    public async Task Erase_TellsHowMany()
    {
        var scenario = new CallsScenario("""{"consumer":"acme","calls":12345,"bodies":7}""");

        Assert.Equal(ExitCode.Ok, await scenario.RunAsync("erase", "--consumer", "acme"));

        Assert.Equal(("POST /api/v1/calls/erase", "acme"), (scenario.Asked, (string)scenario.Sent!["consumer"]!));
        Assert.Contains("12,345", scenario.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_OfNobody_IsWrongUse()
    {
        var scenario = new CallsScenario("{}");

        Assert.Equal(ExitCode.Usage, await scenario.RunAsync("erase"));
        Assert.Equal("", scenario.Asked);
    }

    private Task<int> RunAsync(params string[] words) => RunAsync(words, Bodies);

    private async Task<int> RunAsync(string[] words, string bodies)
    {
        using var admin = new FakeAdmin(request =>
        {
            _asked.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return FakeAdmin.Json(request.RequestUri.AbsolutePath.EndsWith("/bodies", StringComparison.Ordinal) ? bodies : Detail);
        });
        return await new CommandLine(_terminal, admin, TimeProvider.System, VerbList.Groups).RunAsync(["calls", .. words], TestContext.Current.CancellationToken);
    }
}
