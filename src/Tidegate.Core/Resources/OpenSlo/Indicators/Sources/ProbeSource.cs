using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators.Sources;

/// <summary><c>probe</c>: Tidegate asks by itself.</summary>
internal sealed class ProbeSource : MetricSourceType<ProbeIndicatorConfig>
{
    public override string Word => "probe";

    protected override void Check(ProbeIndicatorConfig spec, KeyPath path, ResourceScope scope)
    {
        if (spec.Timeout >= spec.Interval && !scope.IsBroken(path + ".interval"))
            scope.Error("timeout_too_long", path + ".timeout", $"A probe may take {Duration.Format(spec.Timeout)}, but the next one begins after {Duration.Format(spec.Interval)}: give a timeout below the interval.");
        if (!scope.IsBroken(path + ".type") && Problem(spec, scope.Document) is { } problem) scope.Error("bad_target", path + ".target", problem);
    }

    private static string? Problem(ProbeIndicatorConfig spec, ConfigDocument document) => spec.Type switch
    {
        ProbeIndicatorType.Http => Uri.TryCreate(spec.Target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? null : "An http probe asks an address such as https://host/path.",
        ProbeIndicatorType.Dns => HttpSyntax.IsHost(spec.Target) ? null : "A dns probe asks for a name such as example.com.",
        ProbeIndicatorType.Model => document.Find($"Model/{spec.Target}") is not null
            ? null : $"There is no Model \"{spec.Target}\".{Suggestion.For(spec.Target, document.Models.Select(m => m.Metadata.Name))}",
        _ => IsHostAndPort(spec.Target) ? null : "This probe asks a host and a port, such as host.example.com:443.",
    };

    private static bool IsHostAndPort(string target)
    {
        int colon = target.LastIndexOf(':');
        return colon > 0 && HttpSyntax.IsHost(target[..colon]) && ushort.TryParse(target.AsSpan(colon + 1), out var port) && port > 0;
    }
}
