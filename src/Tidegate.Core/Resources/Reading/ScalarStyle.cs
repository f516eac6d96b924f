namespace Tidegate.Core.Resources.Reading;

/// <summary>How a scalar was written.</summary>
internal enum ScalarStyle
{
    /// <summary>YAML without quotes: text, number or word, as the key it stands under wants.</summary>
    Plain,
    /// <summary>Certainly a text: quoted, a YAML block, or tagged <c>!!str</c>.</summary>
    Quoted,
    /// <summary>A JSON number, <c>true</c>, <c>false</c> or <c>null</c>: certainly no text.</summary>
    Literal,
}
