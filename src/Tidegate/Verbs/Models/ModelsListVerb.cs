using System.CommandLine;
using Tidegate.Catalogue;
using Tidegate.Cli;

namespace Tidegate.Verbs.Models;

/// <summary><c>tidegate models list</c>.</summary>
internal sealed class ModelsListVerb : AdminVerb
{
    private readonly Argument<string?> _find = new("text") { Description = "Only models with this in their name", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _vendor = new("--vendor") { Description = "Only models of this vendor: openai, anthropic, gemini, ...", HelpName = "vendor" };
    private readonly Option<string?> _ability = new("--ability") { Description = "Only models known to be able to: tools, vision, reasoning, json_schema", HelpName = "ability" };

    public ModelsListVerb()
        : base("list", "List models with their windows and prices.")
    {
        Arguments.Add(_find);
        Options.Add(_vendor);
        Options.Add(_ability);
    }

    public override IReadOnlyList<string> Examples => ["models list --vendor anthropic", "models list mini --ability tools", "models list -o json"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("models", ("vendor", context.Get(_vendor)), ("ability", context.Get(_ability)), ("find", context.Get(_find)), ("limit", "1000"));
        var models = await context.Admin.ItemsAsync<CatalogueEntry>(path, context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            models,
            "No such models. 'tidegate models list' without filters shows all; a model that is not there has its price in its Provider, or none.",
            new Column<CatalogueEntry>("VENDOR", m => m.Vendor),
            new Column<CatalogueEntry>("MODEL", m => m.Name) { Wraps = true },
            new Column<CatalogueEntry>("WINDOW", m => PriceText.Tokens(m.ContextWindow)) { Right = true },
            new Column<CatalogueEntry>("OUTPUT", m => PriceText.Tokens(m.OutputLimit)) { Right = true, Spare = 2 },
            new Column<CatalogueEntry>("IN/M", m => PriceText.Amount(m.Price?.Input)) { Right = true },
            new Column<CatalogueEntry>("CACHED/M", m => PriceText.Amount(m.Price?.CachedInput ?? m.Price?.Input)) { Right = true, Spare = 3 },
            new Column<CatalogueEntry>("OUT/M", m => PriceText.Amount(m.Price?.Output)) { Right = true },
            new Column<CatalogueEntry>("ABILITIES", m => string.Join(' ', m.Abilities)) { Spare = 1 },
            new Column<CatalogueEntry>("AS OF", m => m.Price?.AsOf?.ToString("yyyy-MM-dd")) { Spare = 4 });
        return ExitCode.Ok;
    }
}
