using Fluid.Ast;

namespace Tidegate.Core.Prompts.Templates;

/// <summary>Walks over a parsed template: which variables and filters it uses.</summary>
internal sealed class TemplateNames : AstVisitor
{
    private readonly List<string> _loops = [];

    /// <summary>Names that come from outside.</summary>
    public HashSet<string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Filters.</summary>
    public HashSet<string> Filters { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers are counted: <c>(1..n)</c>.</summary>
    public bool HasRange { get; private set; }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        if (memberExpression.Segments[0] is IdentifierSegment { Identifier: var name } && !_loops.Contains(name, StringComparer.Ordinal)) Variables.Add(name);
        foreach (var segment in memberExpression.Segments)
            if (segment is IndexerSegment indexer) Visit(indexer.Expression);
        return memberExpression;
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        Filters.Add(filterExpression.Name);
        return base.VisitFilterExpression(filterExpression);
    }

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        HasRange = true;
        return rangeExpression;
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        if (forStatement.Range is not null) HasRange = true;
        foreach (var outside in new[] { forStatement.Source, forStatement.Limit, forStatement.Offset })
            if (outside is not null) Visit(outside);
        _loops.Add(forStatement.Identifier);
        _loops.Add("forloop");
        foreach (var statement in forStatement.Statements) Visit(statement);
        _loops.RemoveRange(_loops.Count - 2, 2);
        if (forStatement.Else is { } otherwise) Visit(otherwise);
        return forStatement;
    }
}
