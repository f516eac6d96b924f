using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models;

/// <summary>
/// How many attempts a call may make: one number for retries, hedges and fallbacks together, that of the alias the caller named. Each fallback keeps one of them for itself,
/// and where there are too few of them for that, it still gets one.
/// </summary>
internal static class AttemptBudget
{
    /// <summary>What attempts may reach before the fallbacks of an alias have their turn.</summary>
    public static int OfAlias(ModelConfig alias) =>
        Math.Max(1, alias.MaxAttempts - Math.Max(alias.Fallbacks.Errors.Count, Math.Max(alias.Fallbacks.ContextWindow.Count, alias.RetryContentFilter ? alias.Fallbacks.ContentPolicy.Count : 0)));

    /// <summary>What they may reach at one of the fallbacks.</summary>
    /// <param name="alias">The alias the caller named.</param>
    /// <param name="fallback">The alias that is tried in its place.</param>
    /// <param name="attempts">Attempts so far.</param>
    /// <param name="after">Fallbacks that have their turn after this one.</param>
    public static int OfFallback(ModelConfig alias, ModelConfig fallback, int attempts, int after) =>
        Math.Max(attempts + 1, Math.Min(alias.MaxAttempts - after, attempts + fallback.MaxAttempts));

    /// <summary>Other aliases that may do better after an error.</summary>
    public static IReadOnlyList<string> Fallbacks(ModelConfig config, ModelError? error) => error?.Kind switch
    {
        _ when error?.Code == CallGuard.Unavailable => [], // whoever answered next would have to be looked at, too
        ModelErrorKind.ContextLength => config.Fallbacks.ContextWindow,
        ModelErrorKind.ContentFilter => config.RetryContentFilter ? config.Fallbacks.ContentPolicy : [],
        ModelErrorKind.InvalidRequest or ModelErrorKind.NotFound => [],
        _ => config.Fallbacks.Errors,
    };
}
