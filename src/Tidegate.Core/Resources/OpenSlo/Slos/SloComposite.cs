namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>An SLO whose objectives are judged together, too: a composite of OpenSLO.</summary>
public static class SloComposite
{
    /// <summary>True where there are several objectives with an indicator each, and one of them says its weight.</summary>
    public static bool Is(SloConfig slo)
    {
        ArgumentNullException.ThrowIfNull(slo);
        return slo.Objectives.Count > 1 && slo.Objectives.All(o => o.Indicator is not null || o.IndicatorRef is not null) && slo.Objectives.Any(o => o.CompositeWeight is not null);
    }
}
