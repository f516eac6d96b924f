namespace Tidegate.Core.Resources.OpenSlo.Promql;

/// <summary>A piece of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written.</param>
/// <param name="At">Where it begins, from 0.</param>
internal readonly record struct PromqlToken(PromqlTokenKind Kind, string Text, int At)
{
    public bool Is(string symbol) => Kind is PromqlTokenKind.Symbol && Text == symbol;

    /// <summary>True for a word of the language, which may be written in any case.</summary>
    public bool IsWord(string word) => Kind is PromqlTokenKind.Name && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind is PromqlTokenKind.End ? "the end" : $"'{Reading.Echo.Of(Text)}' (character {At + 1})";
}
