using System.CommandLine;
using Tidegate.Catalogue;
using Tidegate.Cli;

namespace Tidegate.Verbs.Models;

/// <summary><c>tidegate models show</c>.</summary>
internal sealed class ModelsShowVerb : AdminVerb
{
    private const string PerMillion = "per million tokens";

    private readonly Argument<string> _model = new("model") { Description = "VENDOR/NAME, by any name of the model: openai/gpt-5-mini", HelpName = "vendor/name" };

    public ModelsShowVerb()
        : base("show", "Show one model with all its prices.") => Arguments.Add(_model);

    public override IReadOnlyList<string> Examples => ["models show openai/gpt-5-mini"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var typed = context.Get(_model)!;
        var slash = typed.IndexOf('/');
        if (slash <= 0 || slash == typed.Length - 1) throw new VerbFailure(ExitCode.Usage, $"'{typed}' does not say of which vendor.") { Action = "Write VENDOR/NAME, for example openai/gpt-5-mini; 'tidegate models list' shows both." };
        var name = string.Join('/', typed[(slash + 1)..].Split('/').Select(AdminPath.Segment));
        var model = await context.Admin.GetAsync<CatalogueEntry>($"models/{AdminPath.Segment(typed[..slash])}/{name}", context.Cancel);
        var (price, currency) = (model.Price, model.Price?.Currency ?? "");
        context.ShowObject(
            model,
            [
                ("model", $"{model.Vendor}/{model.Name}{(model.Deprecated ? " (deprecated)" : "")}"),
                ("also", string.Join(", ", model.Also)),
                ("window", $"{PriceText.Tokens(model.ContextWindow)} tokens"),
                ("output", $"{PriceText.Tokens(model.OutputLimit)} tokens at most"),
                ("takes", string.Join(", ", model.Takes)),
                ("gives", string.Join(", ", model.Gives)),
                ("abilities", string.Join(", ", model.Abilities)),
                ("price", price is null ? "unknown: calls have no cost; give one in the Provider" : $"as of {price.AsOf:yyyy-MM-dd}"),
                ("input", PriceText.Line(price?.Input, currency, PerMillion)),
                ("cached input", PriceText.Line(price?.CachedInput, currency, PerMillion)),
                ("cache write", PriceText.Line(price?.CacheWrite, currency, PerMillion)),
                ("output price", PriceText.Line(price?.Output, currency, PerMillion)),
                ("reasoning", PriceText.Line(price?.Reasoning, currency, PerMillion)),
                ("audio input", PriceText.Line(price?.AudioInput, currency, PerMillion)),
                ("audio output", PriceText.Line(price?.AudioOutput, currency, PerMillion)),
                ("image input", PriceText.Line(price?.ImageInput, currency, PerMillion)),
                ("image output", PriceText.Line(price?.ImageOutput, currency, PerMillion)),
                ("audio hour", PriceText.Line(price?.PerAudioHour, currency, "per hour")),
                ("call", PriceText.Line(price?.PerCall, currency, "per call")),
                .. (price?.Tiers ?? []).Select(tier => ($"above {PriceText.Tokens((int)tier.Above)}", (string?)$"{PriceText.Amount(tier.Input ?? price!.Input)} in, {PriceText.Amount(tier.Output ?? price!.Output)} out {currency} {PerMillion}")),
            ]);
        return ExitCode.Ok;
    }
}
