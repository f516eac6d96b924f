using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Objectives;

/// <summary>Objectives from and to other tools, at the command line.</summary>
public sealed class ConversionVerbTests
{
    private const string Sloth = """
        version: prometheus/v1
        service: shop
        slos:
          - name: requests
            objective: 99.9
            sli: { raw: { error_ratio_query: 'errors[{{.window}}]' } }
            alerting: { name: ShopErrors }
        """;

    [Fact]
    public async Task Import_PrintsDocuments_AndSaysWhatWasLeftOut()
    {
        var (code, terminal, admin, _) = await RunAsync("{}", Sloth, "import", "sloth", "-", "--data-source", "main");

        Assert.Equal(ExitCode.Ok, code);
        Assert.StartsWith("---\napiVersion: openslo/v1\nkind: Service\n", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("kind: SLO\n", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("metricSourceRef: main\n", terminal.Output, StringComparison.Ordinal);
        Assert.Equal("standard input:7:17: warning: SLO/shop-requests slos[0].alerting.name: \"name\" has nothing that stands for it here, and is left out.\n", terminal.Errors);
        Assert.Empty(admin.Asked);
    }

    [Fact]
    public async Task Import_WithApply_SendsThemBesideWhatIsInForce()
    {
        const string applied = """
            {"revision":{"number":4,"parent":3,"author":"ada","message":"","time":"2026-03-01T00:00:00Z","hash":"h","summary":"2 added, 0 changed, 0 removed"},"changed":true,"findings":[],"refused":null}
            """;

        var (code, terminal, admin, body) = await RunAsync(applied, Sloth, "import", "sloth", "-", "--apply");

        Assert.Equal((ExitCode.Ok, "/api/v1/config/apply"), (code, admin.Asked.Single().Path));
        Assert.Equal("Revision 4: 2 added, 0 changed, 0 removed.\n", terminal.Output);
        var sent = JsonNode.Parse(body!)!;
        Assert.True(sent["partial"]!.GetValue<bool>());
        Assert.Equal("Imported from sloth", sent["message"]!.GetValue<string>());
        Assert.Contains("kind: SLO", sent["files"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ThatCannotBe_FailsWithEveryFinding()
    {
        var (code, terminal, _, _) = await RunAsync("{}", "version: prometheus/v2", "import", "sloth", "-");

        Assert.Equal((ExitCode.Invalid, ""), (code, terminal.Output));
        Assert.Contains("standard input:1:1: error: This is no spec of Sloth", terminal.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await RunAsync("{}", "", "import", "sloth", "/nonexistent/x.yaml")).Code);
    }

    [Fact]
    public async Task Export_WritesTheText_AndNotesBesideIt()
    {
        const string answer = """{"text":"groups: []\n","findings":[{"severity":"warning","code":"not_expressible","resource":"SLO/a","path":"spec","message":"Left out.","source":null}]}""";

        var (code, terminal, admin, _) = await RunAsync(answer, "", "export", "prometheus-rules", "--slo", "a b");

        Assert.Equal((ExitCode.Ok, "groups: []\n", "warning: SLO/a spec: Left out.\n"), (code, terminal.Output, terminal.Errors));
        Assert.Equal("/api/v1/config/export/prometheus-rules?slo=a%20b", admin.Asked.Single().Path);
        Assert.Equal("/api/v1/config/export/openslo", (await RunAsync(answer, "", "export", "openslo")).Admin.Asked.Single().Path);
    }

    [Theory]
    [InlineData("/api/v1/config/plan?lenient=true&limit=100", "plan", "-", "--lenient")]
    [InlineData("/api/v1/config/plan?limit=100", "plan", "-")]
    public async Task Lenient_IsAskedOfTheApi(string path, params string[] words)
    {
        var (_, _, admin, _) = await RunAsync("""{"parent":1,"valid":true,"summary":"","changes":[],"findings":[]}""", "", words);

        Assert.Equal(path, admin.Asked.Single().Path);
    }

    [Fact]
    public async Task Validate_Lenient_ForgivesAndSaysSo()
    {
        const string text = "apiVersion: openslo/v1\nkind: service\nmetadata: { name: s }";

        Assert.Equal(ExitCode.Invalid, (await RunAsync("{}", text, "validate", "-")).Code);
        var (code, terminal, _, _) = await RunAsync("{}", text, "validate", "-", "--lenient");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("\"service\" is taken for Service.", terminal.Errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, FakeTerminal Terminal, FakeAdmin Admin, string? Body)> RunAsync(string answer, string input, params string[] words)
    {
        string? body = null;
        using var reader = new StringReader(input);
        var terminal = new FakeTerminal { In = reader };
        var admin = new FakeAdmin(request =>
        {
            using var sent = request.Content is null ? null : new StreamReader(request.Content.ReadAsStream());
            body = sent?.ReadToEnd();
            return FakeAdmin.Json(answer);
        });
        var line = new CommandLine(terminal, admin, TimeProvider.System, VerbList.Groups);
        return (await line.RunAsync(words, TestContext.Current.CancellationToken), terminal, admin, body);
    }
}
