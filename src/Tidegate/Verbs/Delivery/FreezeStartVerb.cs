using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Core.Resources.Objectives.FreezeCalendars;
using Tidegate.Operations.Delivery;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate freeze start</c>.</summary>
internal sealed class FreezeStartVerb : AdminVerb
{
    private readonly Argument<string> _service = new("service") { Description = "The service" };
    private readonly Option<string> _reason = new("--reason", "-m") { Description = "Why, for whoever is refused", HelpName = "text", Required = true };
    private readonly Option<string?> _for = new("--for") { Description = "How long it holds: 2h, 3d [default: until it is ended]", HelpName = "duration" };
    private readonly Option<bool> _everything = new("--everything") { Description = "No exceptions for p0 and security" };

    public FreezeStartVerb()
        : base("start", "Begin a freeze: the gate refuses releases of the service.")
    {
        Arguments.Add(_service);
        Options.Add(_reason);
        Options.Add(_for);
        Options.Add(_everything);
    }

    public override IReadOnlyList<string> Examples => ["freeze start checkout --for 2d -m \"sale of the year\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var request = new FreezeRequest
        {
            Service = context.Get(_service)!, Reason = context.Get(_reason)!, Until = DeliveryOptions.Length(context, _for) is { } time ? context.Time.GetUtcNow() + time : null,
            Exceptions = context.Get(_everything) ? [] : [FreezeException.P0, FreezeException.Security],
        };
        var freeze = await context.Admin.SendAsync<FreezeRequest, Freeze>(HttpMethod.Post, "freezes", request, context.Cancel);
        context.Show(freeze, (screen, f) => screen.Profile.Out.Writer.WriteLine($"{f.Service} is frozen{(f.Until is { } end ? $" until {ObjectiveText.Time(end)}" : "")}; end it with 'tidegate freeze end {f.Id}'."));
        return ExitCode.Ok;
    }
}
