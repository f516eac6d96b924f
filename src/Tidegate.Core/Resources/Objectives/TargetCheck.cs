using System.Globalization;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives;

/// <summary>A target is written once, and leaves a budget that is neither nothing nor everything.</summary>
internal static class TargetCheck
{
    public static void Check(decimal? target, decimal? percent, string path, ResourceScope scope)
    {
        if (target is null == percent is null)
        {
            scope.Error("exactly_one", path, target is null
                ? "There is no target: give target (0.999) or targetPercent (99.9)."
                : "There are two targets: give target or targetPercent, not both.");
            return;
        }

        var (value, whole, key) = target is { } share ? (share, 1m, $"{path}.target") : (percent!.Value, 100m, $"{path}.targetPercent");
        if (Problem(value, whole) is { } problem) scope.Error("bad_target", key, problem);
        else if (value / whole < 0.01m) scope.Warning("suspicious_target", key, Doubt(value, whole));
    }

    // A share where percents are meant (0.999), or what may fail where it says what must be good (0.1).
    private static string Doubt(decimal value, decimal whole)
    {
        var hundredfold = value * 100;
        var meant = hundredfold >= whole / 2 ? hundredfold : whole - value;
        return FormattableString.Invariant($"A target of {value} is {value / whole * 100:0.######} percent: is {meant:0.######} meant? As it is written, nearly everything may fail.");
    }

    private static string? Problem(decimal value, decimal whole)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        if (value == whole) return $"A target of {text} leaves no error budget: the first failure would break it for the whole window, and no burn rate could be computed. Give one below, such as {(whole == 1 ? "0.9999" : "99.99")}.";
        if (value == 0) return "A target of 0 is met by an outage: everything may fail, and nothing would ever alert. Give the share that must be good, such as " + (whole == 1 ? "0.99." : "99.");
        if (value < 0) return $"A target of {text} means nothing: it is a share, above 0 and below {whole}.";
        // Budgets are computed with doubles: what is 1 as one would be refused when it is judged.
        if (value < whole && (double)(value / whole) >= 1) return $"A target of {text} cannot be told from {whole}, which leaves no error budget. Give one further below, such as {(whole == 1 ? "0.9999" : "99.99")}.";
        if (value < whole) return null;
        return whole == 1 && value < 100
            ? $"A target of {text} is a percentage: write targetPercent: {text}, or target: {(value / 100).ToString(CultureInfo.InvariantCulture)}."
            : $"A target of {text} cannot be met: it is {(whole == 1 ? "a share, above 0 and below 1" : "a percentage, above 0 and below 100")}.";
    }
}
