using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Reports;

/// <summary><c>tidegate report KIND</c>: writes the report to standard output.</summary>
internal sealed class ReportVerb : AdminVerb
{
    private readonly Option<string?> _service = new("--service") { Description = "Only this service; without it all of them", HelpName = "name" };
    private readonly Option<string?> _month = new("--month") { Description = "The month, as 2026-03; without it the one that runs", HelpName = "month" };
    private readonly Option<string?> _zone = new("--zone") { Description = "Time zone whose month it is [default: UTC]", HelpName = "zone" };
    private readonly Option<string> _format = new("--output", "-o") { Description = "markdown for people, html to print or send, json for programs", HelpName = "markdown|html|json", DefaultValueFactory = _ => "markdown" };

    public ReportVerb(string kind, string description)
        : base(kind, description)
    {
        // A report is a text, not a table.
        Options.Remove(CommonOptions.Output);
        _format.AcceptOnlyFromAmong("markdown", "html", "json");
        foreach (var option in (Option[])[_service, _month, _zone, _format]) Options.Add(option);
    }

    public override IReadOnlyList<string> Examples => [$"report {Name} --service checkout --month 2026-03", $"report {Name} --month 2026-03 --output html > report.html"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of($"reports/{Name}", ("service", context.Get(_service)), ("month", context.Get(_month)), ("zone", context.Get(_zone)), ("format", context.Get(_format)));
        var text = await context.Progress.WhileAsync("Making the report", async cancel =>
        {
            using var answer = await context.Admin.SendAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseContentRead, cancel);
            return await answer.Content.ReadAsStringAsync(cancel);
        }, context.Cancel);
        context.Terminal.Out.Write(text.EndsWith('\n') ? text : text + "\n");
        return ExitCode.Ok;
    }
}
