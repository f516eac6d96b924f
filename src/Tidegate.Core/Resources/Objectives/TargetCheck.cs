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

        if (target is { } share && Problem(share, 1m) is { } problem) scope.Error("bad_target", $"{path}.target", problem);
        else if (percent is { } hundredths && Problem(hundredths, 100m) is { } other) scope.Error("bad_target", $"{path}.targetPercent", other);
    }

    private static string? Problem(decimal value, decimal whole)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        if (value == whole) return $"A target of {text} leaves no error budget: the first failure would break it for the whole window, and no burn rate could be computed. Give one below, such as {(whole == 1 ? "0.9999" : "99.99")}.";
        if (value == 0) return "A target of 0 is met by an outage: everything may fail, and nothing would ever alert. Give the share that must be good, such as " + (whole == 1 ? "0.99." : "99.");
        if (value < 0) return $"A target of {text} means nothing: it is a share, above 0 and below {whole}.";
        if (value < whole) return null;
        return whole == 1 && value < 100
            ? $"A target of {text} is a percentage: write targetPercent: {text}, or target: {(value / 100).ToString(CultureInfo.InvariantCulture)}."
            : $"A target of {text} cannot be met: it is {(whole == 1 ? "a share, above 0 and below 1" : "a percentage, above 0 and below 100")}.";
    }
}
