using System.CommandLine;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate gate</c>: the question a pipeline asks before it releases. Ends with 0 when it may, and with <see cref="ExitCode.Denied"/> when it may not.</summary>
internal sealed class GateVerb : AdminVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Option<string> _service = DeliveryOptions.Service();
    private readonly Option<string?> _change = DeliveryOptions.Change();
    private readonly Option<ReleasePriority> _priority = DeliveryOptions.Priority();
    private readonly Option<string?> _wait = new("--wait") { Description = "Ask again until it is allowed, for at most this long: 30m", HelpName = "duration" };
    private readonly Option<string?> _override = DeliveryOptions.Override();

    public GateVerb()
        : base("gate", "Ask whether a service may be released now.")
    {
        Options.Add(_service);
        Options.Add(_change);
        Options.Add(_priority);
        Options.Add(_wait);
        Options.Add(_override);
    }

    public override IReadOnlyList<string> Examples => ["gate --service checkout --change CHG-1042", "gate --service checkout --wait 30m", "gate --service checkout --override \"stops the double charges\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var until = DeliveryOptions.Length(context, _wait) is { } longest ? context.Time.GetUtcNow() + longest : (DateTimeOffset?)null;
        var request = new GateRequest { Service = context.Get(_service)!, Change = context.Get(_change) ?? "", Priority = context.Get(_priority), Override = context.Get(_override) };
        while (true)
        {
            var decision = await AskAsync(context, request, until);
            if (decision is { Allowed: false } && context.Time.GetUtcNow() + Pause < until)
            {
                context.Say($"{decision.Summary} Asked again in {Pause.TotalSeconds:0} s.");
            }
            else if (decision is not null)
            {
                context.Show(decision, Draw);
                return decision.Allowed ? ExitCode.Ok : ExitCode.Denied;
            }

            await Task.Delay(Pause, context.Time, context.Cancel);
        }
    }

    // While there is time, a gate that cannot be reached, or cannot say yet, is asked again: it may be restarting.
    private static async Task<GateDecision?> AskAsync(VerbContext context, GateRequest request, DateTimeOffset? until)
    {
        try
        {
            return await context.Admin.SendAsync<GateRequest, GateDecision>(HttpMethod.Post, request.Override is null ? "gate" : "gate/override", request, context.Cancel);
        }
        catch (VerbFailure away) when (away.ExitCode is ExitCode.Unreachable or ExitCode.Failed && context.Time.GetUtcNow() + Pause < until)
        {
            context.Say($"{away.Message} Asked again in {Pause.TotalSeconds:0} s.");
            return null;
        }
    }

    private static void Draw(IAnsiConsole screen, GateDecision decision)
    {
        screen.WriteLine(PlainText.Of(decision.Summary));
        foreach (var reason in decision.Reasons) screen.WriteLine(PlainText.Of($"  {Word(reason.Effect),-7} {reason.Text}"));
        foreach (var o in decision.Objectives)
        {
            var figures = o.BudgetLeft is null ? "" : $"{ObjectiveText.Percent(o.BudgetLeft)} of the budget left, burn {ObjectiveText.Burn(o.Burn)} over 1h, ";
            screen.WriteLine(PlainText.Of($"  {o.Id}: {o.State}, {figures}target {ObjectiveText.Percent(o.Target)}"));
        }
    }

    private static string Word(GateEffect effect) => effect switch { GateEffect.Deny => "denies", GateEffect.Waived => "waived", _ => "warns" };
}
