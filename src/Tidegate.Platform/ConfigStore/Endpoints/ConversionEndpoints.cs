using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Exporting;
using Tidegate.Core.Resources.OpenSlo.Importing;
using Tidegate.Core.Resources.OpenSlo.Prometheus;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>Objectives from and to other formats. Nothing is changed: what was converted is applied like everything else.</summary>
internal static class ConversionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/config/import", Import).RequirePermission(ConfigStoreModule.Read);
        api.MapGet("/config/export/openslo", OpenSlo).RequirePermission(ConfigStoreModule.Read);
        api.MapGet("/config/export/prometheus-rules", Rules).RequirePermission(ConfigStoreModule.Read);
        api.MapGet("/config/export/grafana", Dashboard).RequirePermission(ConfigStoreModule.Read);
    }

    private static IResult Import(ImportBody body)
    {
        if (!Importer.Formats.Contains(body.Format, StringComparer.Ordinal))
            return Problems.BadRequest("format", $"'{body.Format}' is no format.", $"Use {string.Join(" or ", Importer.Formats)}.");
        if (body.Files.Any(f => (ImportBody.FileBody?)f is null)) return Problems.BadRequest("files", "A file is null.", "Give {\"name\": ..., \"text\": ...}.");
        var import = Importer.Read(body.Format, body.Files.Select(f => new SourceText(f.Name, f.Text)), body.DataSource);
        return import.Findings.Any(f => f.Severity == FindingSeverity.Error)
            ? throw new ProblemException(Problems.Invalid(import.Findings).Problem)
            : Results.Json(new ConversionAnswer(YamlWriter.Shown(import.Resources), import.Findings), ApiJson.Options);
    }

    private static IResult OpenSlo(IConfigSource source, string? format)
    {
        if (source.Current is not { } config) return Unknown();
        var export = OpenSloExport.Of(config.Document);
        return Answer(YamlWriter.Shown(export.Resources), export.Notes, format);
    }

    private static IResult Rules(IConfigSource source, string? slo, string? format)
    {
        if (source.Current is not { } config) return Unknown();
        if (IsUnknown(slo, config.Document)) return Problems.NotFound($"SLO/{slo}", "List them with 'tidegate get slo'.");
        var rules = PrometheusRules.Of(config.Document, slo);
        return Answer(rules.Yaml, rules.Notes, format);
    }

    private static IResult Dashboard(IConfigSource source, string? slo)
    {
        if (source.Current is not { } config) return Unknown();
        if (IsUnknown(slo, config.Document)) return Problems.NotFound($"SLO/{slo}", "List them with 'tidegate get slo'.");
        var dashboard = GrafanaDashboard.Of(config.Document, slo);
        return Results.Json(new ConversionAnswer(dashboard.Json, dashboard.Notes), ApiJson.Options);
    }

    private static bool IsUnknown(string? slo, ConfigDocument document) => slo is not null && !document.OfKind<SloConfig>().Any(s => s.Metadata.Name == slo);

    private static IResult Answer(string text, IReadOnlyList<Finding> notes, string? format) => format switch
    {
        null or "json" => Results.Json(new ConversionAnswer(text, notes), ApiJson.Options),
        "yaml" => Results.Text(text, "application/yaml"),
        _ => Problems.BadRequest("format", $"'{format}' is no format.", "Use json (with notes about what could not be expressed) or yaml (the text alone)."),
    };

    private static ProblemResult Unknown() => Problems.Unavailable("No configuration is known yet: the state database has not been read.", "Try again in a few seconds.");
}
