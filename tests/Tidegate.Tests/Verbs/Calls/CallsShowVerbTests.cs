using System.Text.Json;
using Tidegate.Cli;
using Tidegate.Insight.CallLog;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Cli;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Calls;

/// <summary>A mirrored call beside the one it mirrors.</summary>
public sealed class CallsShowVerbTests
{
    private static readonly CallEntry Primary = CallEntry.Of(SampleCalls.OfModel());
    private static readonly CallEntry Shadow = CallEntry.Of(SampleCalls.OfShadow(Guid.ParseExact(Primary.Id, "N")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Show_MirroredCall_ComparesItWithItsPrimary_AsFarAsThatIsKnown(bool primaryIsThere)
    {
        var terminal = new FakeTerminal();
        using var admin = new FakeAdmin(request =>
            request.RequestUri!.AbsolutePath.EndsWith(Shadow.Id, StringComparison.Ordinal) ? Detail(Shadow)
            : primaryIsThere ? Detail(Primary)
            : FakeAdmin.Problem("""{"status":404,"code":"not_found","detail":"There is no such call."}""", System.Net.HttpStatusCode.NotFound));

        var code = await new CommandLine(terminal, admin, TimeProvider.System, VerbList.Groups).RunAsync(["calls", "show", Shadow.Id], TestContext.Current.CancellationToken);

        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));
        var lines = terminal.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.True(lines.Contains("COMPARED SHADOW PRIMARY"), terminal.Output);
        Assert.Contains($"mirrors {Primary.Id}", lines);
        Assert.Contains("outcome ok truncated", lines);
        Assert.Contains(primaryIsThere ? "took 2.5 ms 1.5 ms" : "took 2.5 ms", lines);
        Assert.Contains("finish length stop", lines);
        Assert.Contains("same tools no", lines);
        Assert.Contains("similarity 0.625", lines);
    }

    private static HttpResponseMessage Detail(CallEntry call) => FakeAdmin.Json(JsonSerializer.Serialize(new CallDetail(call, []), ApiJson.Options));
}
