namespace Tidegate.Core.Resources.OpenSlo.Promql;

/// <summary>What an expression gives.</summary>
internal enum PromqlType
{
    /// <summary>One number.</summary>
    Scalar,

    /// <summary>A number for each of several series (an instant vector).</summary>
    Vector,

    /// <summary>Several numbers for each of several series: what functions such as <c>rate</c> take.</summary>
    Range,

    /// <summary>A text.</summary>
    Text,
}
