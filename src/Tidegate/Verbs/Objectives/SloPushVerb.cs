using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate slo push</c>.</summary>
internal sealed class SloPushVerb : AdminVerb
{
    private readonly Argument<string> _name = new("name") { Description = "Name the events are counted under: that of a metric source of type events", HelpName = "name" };
    private readonly Option<long> _good = new("--good") { Description = "How many were good", HelpName = "n" };
    private readonly Option<long> _bad = new("--bad") { Description = "How many were bad", HelpName = "n" };
    private readonly Option<DateTimeOffset?> _at = TimeOptions.Moment("--at", "When they happened, up to six days ago [default: now]");
    private readonly Option<string?> _key = new("--key") { Description = "Idempotency key: pushed again with the same, they count once [default: a new one]", HelpName = "key" };

    public SloPushVerb()
        : base("push", "Push counts of good and bad events for an objective.")
    {
        Arguments.Add(_name);
        Options.Add(_good);
        Options.Add(_bad);
        Options.Add(_at);
        Options.Add(_key);
    }

    public override IReadOnlyList<string> Examples => ["slo push nightly-import --good 1", "slo push invoices --good 980 --bad 20 --at 2026-03-01T02:00:00Z --key import-2026-03-01"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var key = context.Get(_key) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (key.Length is 0 or > 200 || key.Any(c => c is < ' ' or > '~')) throw new VerbFailure(ExitCode.Usage, "--key: An idempotency key is 1 to 200 characters of ASCII, none of them a control character.") { Action = "Use a name such as import-2026-03-01." };
        var body = new { Events = new[] { new { Name = context.Get(_name), Good = context.Get(_good), Bad = context.Get(_bad), At = context.Get(_at) } } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "indicators/events") { Content = JsonContent.Create(body, options: ApiJson.Options) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await context.Admin.SendAsync(request, HttpCompletionOption.ResponseContentRead, context.Cancel);
        var pushed = await answer.Content.ReadFromJsonAsync<JsonElement>(context.Cancel);
        var (events, again) = (pushed.GetProperty("events").GetInt64(), pushed.GetProperty("again").GetBoolean());
        context.ShowObject(pushed, ("counted", again ? "nothing: it was counted before" : string.Create(CultureInfo.InvariantCulture, $"{events} events")), ("key", key));
        return ExitCode.Ok;
    }
}
