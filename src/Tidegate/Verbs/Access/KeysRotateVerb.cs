using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate keys rotate</c>.</summary>
internal sealed class KeysRotateVerb : AdminVerb
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the key (k_...)" };
    private readonly Option<TimeSpan?> _overlap = AccessOptions.Duration("--overlap", "How long the old key still works [default: 24h]");

    public KeysRotateVerb()
        : base("rotate", "Issue a successor of a key; the old one works until the overlap is over.")
    {
        Arguments.Add(_id);
        Options.Add(_overlap);
    }

    public override IReadOnlyList<string> Examples => ["keys rotate k_3f9a2c5d7e810b46 --overlap 7d"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var overlap = context.Get(_overlap) ?? TimeSpan.FromHours(24);
        var made = await context.Admin.SendAsync<KeyRotation, KeyIssued>(
            HttpMethod.Post, $"keys/{AdminPath.Segment(context.Get(_id)!)}/rotate", new KeyRotation(overlap.TotalSeconds), context.Cancel);
        KeysCreateVerb.Show(context, made);
        return ExitCode.Ok;
    }
}
