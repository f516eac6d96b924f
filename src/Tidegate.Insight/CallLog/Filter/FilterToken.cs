namespace Tidegate.Insight.CallLog.Filter;

/// <summary>One token of the filter language.</summary>
internal readonly record struct FilterToken(FilterTokenKind Kind, FilterText Written)
{
    public string Text => Written.Text;

    public bool Is(string symbol) => Kind == FilterTokenKind.Symbol && Text == symbol;

    public bool IsKeyword(string word) => Kind == FilterTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsValue => Kind is FilterTokenKind.Word or FilterTokenKind.Quoted;

    public override string ToString() => Kind == FilterTokenKind.End ? "the end" : Kind == FilterTokenKind.Quoted ? $"\"{Text}\"" : $"'{Text}'";
}
