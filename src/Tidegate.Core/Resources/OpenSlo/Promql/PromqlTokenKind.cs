namespace Tidegate.Core.Resources.OpenSlo.Promql;

/// <summary>What a piece of a query is.</summary>
internal enum PromqlTokenKind
{
    Number,
    Text,
    Name,
    Matchers,
    Range,
    Symbol,
    End,
}
