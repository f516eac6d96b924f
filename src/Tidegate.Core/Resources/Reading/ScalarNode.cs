namespace Tidegate.Core.Resources.Reading;

/// <summary>A single value. YAML's plain scalars have no type of their own: the key they stand under decides, so that <c>no</c> stays a text where a text belongs.</summary>
internal sealed class ScalarNode(string file, int line, int column, string text, ScalarStyle style) : Node(file, line, column)
{
    public string Text { get; } = text;

    public ScalarStyle Style { get; } = style;

    public override long Size => 1;

    /// <summary>True for a written null.</summary>
    public bool IsNull => Style != ScalarStyle.Quoted && (Text is "null" or "~" or "Null" or "NULL");

    /// <summary>True when nothing stands after the key.</summary>
    public bool IsEmpty => Style == ScalarStyle.Plain && Text.Length == 0;

    public override string Description =>
        IsEmpty ? "nothing" : IsNull ? "null" : Style == ScalarStyle.Quoted ? $"the text \"{Shortened}\"" : $"\"{Shortened}\"";

    private string Shortened => Text.Length <= 60 ? Text : string.Concat(Text.AsSpan(0, 57), "...");
}
