namespace Tidegate.Insight.CallLog.Filter;

/// <summary>What a <see cref="FilterToken"/> is.</summary>
internal enum FilterTokenKind { Word, Quoted, Symbol, End }
