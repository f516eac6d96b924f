using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Limits know what they count, and differ in name; used for routes and consumers.</summary>
internal static class LimitCheck
{
    public static void Run(IReadOnlyList<LimitConfig> limits, string list, ResourceScope scope)
    {
        if (limits.Count == 0) return;
        Names([.. limits.Select(l => l.Name)], list, scope);
        for (int i = 0; i < limits.Count; i++)
        {
            var (limit, path) = (limits[i], $"{list}[{i}]");
            Header(limit.By, limit.Header, path, scope);
            if (limit.Burst == 0) continue;
            if (limit.Algorithm != LimitAlgorithm.TokenBucket)
                scope.Error("unused_key", $"{path}.burst", "Only a token bucket has a burst: a sliding window admits what calls and per say.");
            else if (limit.Burst < limit.Calls && limit.Per > TimeSpan.FromSeconds(1))
                scope.Warning("small_burst", $"{path}.burst", $"A burst below calls lets at most {limit.Burst} through at once, however quiet the {Duration.Format(limit.Per)} before were.");
        }
    }

    public static void Run(IReadOnlyList<ConcurrencyLimitConfig> limits, string list, ResourceScope scope)
    {
        if (limits.Count == 0) return;
        Names([.. limits.Select(l => l.Name)], list, scope);
        for (int i = 0; i < limits.Count; i++) Header(limits[i].By, limits[i].Header, $"{list}[{i}]", scope);
    }

    private static void Header(LimitKey by, string? header, string path, ResourceScope scope)
    {
        if (by == LimitKey.Header && header is null) scope.Error("missing_key", $"{path}.header", "Give the name of the header whose values are counted.");
        else if (by != LimitKey.Header && header is not null) scope.Error("unused_key", $"{path}.header", "The header is not used: write by: header, or remove it.");
        else if (header is not null && !HttpSyntax.IsToken(header)) scope.Error("bad_name", $"{path}.header", $"\"{header}\" is no legal name of a header.");
    }

    private static void Names(IReadOnlyList<string?> names, string list, ResourceScope scope)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] is not { } name) continue;
            // Names stand in RateLimit headers (RFC 9651 strings and tokens) and in metric labels.
            if (!HttpSyntax.IsToken(name)) scope.Error("bad_name", $"{list}[{i}].name", $"\"{name}\" is no legal name: use letters, digits, '-', '_' and '.'.");
            else if (!seen.Add(name)) scope.Error("duplicate_name", $"{list}[{i}].name", $"The name \"{name}\" stands here twice.");
        }
    }
}
