using Tidegate.Cli;

namespace Tidegate.Verbs.Audit;

/// <summary><c>tidegate audit export</c>.</summary>
internal sealed class AuditExportVerb() : AdminVerb("export", "Write the whole trail as JSON lines.")
{
    public override IReadOnlyList<string> Examples => ["audit export > audit.jsonl"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        using var answer = await context.Admin.SendAsync(new HttpRequestMessage(HttpMethod.Get, "audit/export"), HttpCompletionOption.ResponseHeadersRead, context.Cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(context.Cancel);
        using var reader = new StreamReader(body);
        while (await reader.ReadLineAsync(context.Cancel) is { } line) await context.Terminal.Out.WriteLineAsync(line);
        return ExitCode.Ok;
    }
}
