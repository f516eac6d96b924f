using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Services;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives;

/// <summary>Services that somebody has told of: who mistypes one is told so, and not that nothing speaks against it.</summary>
public sealed class KnownServices
{
    private readonly IConfigSource _config;
    private readonly IReadOnlyList<IServiceNames> _others;

    internal KnownServices(IConfigSource config, IEnumerable<IServiceNames> others) => (_config, _others) = (config, [.. others]);

    /// <summary>Throws a <see cref="ProblemException"/> (404) when one of them is in no document (as a <c>Service</c>, of Tidegate or of OpenSLO, or by an SLO) and no other module knows it.</summary>
    public async Task AssertAsync(IReadOnlyList<string> services, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Count == 0) return;
        var document = _config.Current?.Document ?? ConfigDocument.Empty;
        var known = document.Services.Select(s => s.Metadata.Name).Concat(document.OfKind<SloServiceConfig>().Select(s => s.Metadata.Name)).Concat(document.OfKind<SloConfig>().Select(s => s.Spec.Service)).ToHashSet(StringComparer.Ordinal);
        if (services.All(known.Contains)) return;
        foreach (var other in _others) known.UnionWith(await other.AllAsync(cancel));
        if (services.FirstOrDefault(s => !known.Contains(s)) is not { } unknown) return;
        throw new ProblemException(new Problem
        {
            Status = 404, Code = "not_found", Resource = $"service {unknown}",
            Detail = $"There is no service {unknown}. Neither the configuration nor a release names it.{Suggestion.For(unknown, known)}",
            Action = "Correct the name. One that no document names is known from its first release on: tell of it with 'tidegate release start'.",
        });
    }
}
