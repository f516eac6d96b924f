using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>The words of <see cref="GatewayMeasure"/>.</summary>
public static class GatewayMeasures
{
    private static readonly EnumShape Shape = (EnumShape)ShapeCatalogue.Of(typeof(GatewayMeasure), Constraints.None);

    /// <summary>The word documents, metrics and pages use.</summary>
    public static string Word(this GatewayMeasure measure) => Shape.Words[(int)measure];
}
