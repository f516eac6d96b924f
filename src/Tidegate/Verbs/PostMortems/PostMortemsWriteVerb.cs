using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.PostMortems;

namespace Tidegate.Verbs.PostMortems;

/// <summary><c>tidegate postmortems write</c>.</summary>
internal sealed class PostMortemsWriteVerb : AdminVerb
{
    private readonly Argument<string> _incident = new("incident") { Description = "Id of the incident", HelpName = "incident" };
    private readonly Argument<string> _text = new("text") { Description = "What happened, what contributed to it, and what was learnt, as Markdown; - reads it from standard input", HelpName = "text" };

    public PostMortemsWriteVerb()
        : base("write", "Write the post-mortem of an incident, or write it anew.")
    {
        Arguments.Add(_incident);
        Arguments.Add(_text);
    }

    public override IReadOnlyList<string> Examples => ["postmortems write inc_3 \"The pool had no limit of its own ...\"", "postmortems write inc_3 - < inc_3.md"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var text = context.Get(_text)! is var given && given == "-" ? await context.Terminal.In.ReadToEndAsync(context.Cancel) : given;
        var found = await context.Admin.SendAsync<object, PostMortem>(HttpMethod.Put, $"postmortems/{AdminPath.Segment(context.Get(_incident)!)}", new { Text = text }, context.Cancel);
        context.Show(found, (screen, p) => screen.Profile.Out.Writer.WriteLine($"The post-mortem of {p.Incident} is {PostMortemText.State(p)}."));
        return ExitCode.Ok;
    }
}
