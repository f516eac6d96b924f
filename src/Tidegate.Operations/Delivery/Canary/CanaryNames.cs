using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Delivery.Releasing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Canary;

/// <summary>Of a canary without a single call: does nobody call it yet, or is it mistyped?</summary>
internal sealed class CanaryNames(IConfigSource config, KnownServices services, ReleaseStore releases)
{
    /// <summary>Throws a <see cref="ProblemException"/> (404) when nothing was seen of what nothing names.</summary>
    public async Task AssertAsync(CanaryRequest request, CanaryReport report, CancellationToken cancel)
    {
        if (report.CanaryCalls > 0) return;
        var document = config.Current?.Document ?? ConfigDocument.Empty;
        if (report.BaselineCalls == 0)
        {
            if (request.Route is { Length: > 0 } route && document.Find($"Route/{route}") is null)
                throw None($"Route/{route}", $"'tidegate get Route' shows the routes.{Suggestion.For(route, document.Routes.Select(r => r.Metadata.Name))}");
            if (request.Service is { Length: > 0 } service) await services.AssertAsync([service], cancel);
        }

        var versions = VersionLabels.Of(document).Select(l => l.Version).Concat(document.OfKind<PromptConfig>().SelectMany(p => p.Spec.Versions).Select(v => v.Version)).ToHashSet(StringComparer.Ordinal);
        if (versions.Contains(request.Canary)) return;
        versions.UnionWith(await releases.VersionsAsync(cancel));
        if (!versions.Contains(request.Canary)) throw None($"version {request.Canary}", $"No route, split, prompt or release has this version.{Suggestion.For(request.Canary, versions)}");
    }

    private static ProblemException None(string what, string action) => new(Problems.NotFound(what, action).Problem);
}
