namespace Tidegate.Insight.CallLog.Filter;

/// <summary>
/// The filter language:
/// <code>
/// filter    = [ or ]
/// or        = and { "or" and }
/// and       = not { "and" not }
/// not       = "not" not | "(" or ")" | quoted | condition
/// condition = field operator value | field [ "not" ] "in" "(" value { "," value } ")"
/// </code>
/// </summary>
internal sealed class FilterParser(string text)
{
    // What a person writes has a dozen; a generated one of thousands would make slow SQL, a deep one a deep stack.
    private const int MaxLength = 8000, MaxConditions = 200, MaxDepth = 40;

    private readonly List<FilterToken> _tokens = text.Length <= MaxLength
        ? FilterLexer.Cut(text)
        : throw new FilterException(MaxLength + 1, $"The filter has {text.Length} characters.", $"At most {MaxLength} are read.");

    private int _at, _conditions, _depth;

    /// <summary>Some of its fields mean mirrored calls too; known when it has been read.</summary>
    public bool NamesShadows { get; private set; }

    private FilterToken Here => _tokens[_at];

    public CallFilter Parse()
    {
        if (Here.Kind == FilterTokenKind.End) return CallFilter.All;
        var filter = Or();
        return Here.Kind == FilterTokenKind.End ? filter : throw Unexpected("Join conditions with 'and' or 'or'.");
    }

    private CallFilter Or() => Joined(And, "or", static parts => new AnyOf(parts));

    private CallFilter And() => Joined(Not, "and", static parts => new AllOf(parts));

    private CallFilter Joined(Func<CallFilter> part, string keyword, Func<IReadOnlyList<CallFilter>, CallFilter> join)
    {
        var parts = new List<CallFilter> { part() };
        while (Here.IsKeyword(keyword))
        {
            _at++;
            parts.Add(part());
        }
        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private CallFilter Not()
    {
        if (++_depth > MaxDepth) throw Here.Written.Error("The filter is nested too deeply.", $"At most {MaxDepth} levels of 'not' and parentheses are read.");
        try
        {
            if (Here.IsKeyword("not"))
            {
                _at++;
                return new NotThat(Not());
            }
            return Here.Is("(") ? Parenthesis() : Condition();
        }
        finally
        {
            _depth--;
        }
    }

    private CallFilter Parenthesis()
    {
        var open = _tokens[_at++];
        var inner = Or();
        if (!Here.Is(")")) throw Unexpected($"The parenthesis of column {open.Written.Column} needs its ')'.");
        _at++;
        return inner;
    }

    private CallFilter Condition()
    {
        if (++_conditions > MaxConditions) throw Here.Written.Error("The filter has too many conditions.", $"At most {MaxConditions} are read; use 'in (...)' for many values.");
        if (Here.Kind == FilterTokenKind.Quoted) return new AnyText(_tokens[_at++].Text);
        if (Here.Kind != FilterTokenKind.Word) throw Unexpected("Here a field is expected, such as: status >= 500.");
        var written = _tokens[_at++].Written;
        var field = CallFields.Find(written.Text, written);
        NamesShadows |= field.NamesShadows;
        var negate = Here.IsKeyword("not");
        if (negate) _at++;
        if (Here.IsKeyword("in")) return Negated(negate, field.Compare(FilterOperator.In, _tokens[_at++].Written, List()));
        if (negate) throw Unexpected($"After 'not' only 'in (...)' can follow a field; else write: not {field.Name} = ...");
        return Comparison(field);
    }

    private CallFilter Comparison(CallField field)
    {
        var symbol = Here;
        (FilterOperator Operator, bool Negate)? found = symbol.Kind != FilterTokenKind.Symbol ? null : symbol.Text switch
        {
            "=" or "==" => (FilterOperator.In, false),
            "!=" or "<>" => (FilterOperator.In, true),
            "<" => (FilterOperator.Less, false),
            "<=" => (FilterOperator.LessOrEqual, false),
            ">" => (FilterOperator.Greater, false),
            ">=" => (FilterOperator.GreaterOrEqual, false),
            "~" => (FilterOperator.Contains, false),
            "!~" => (FilterOperator.Contains, true),
            "^=" => (FilterOperator.StartsWith, false),
            _ => null,
        };
        if (found is not { } comparison) throw Unexpected($"After '{field.Name}' an operator is expected: {field.Operators}.");
        _at++;
        return Negated(comparison.Negate, field.Compare(comparison.Operator, symbol.Written, [Value()]));
    }

    private List<FilterText> List()
    {
        if (!Here.Is("(")) throw Unexpected("After 'in' comes a list: in (200, 201).");
        var values = new List<FilterText>();
        do
        {
            _at++;
            values.Add(Value());
        }
        while (Here.Is(","));
        if (!Here.Is(")")) throw Unexpected("The list needs ',' between values and ')' at its end.");
        _at++;
        return values;
    }

    private FilterText Value() => Here.IsValue ? _tokens[_at++].Written : throw Unexpected("Here a value is expected, such as: 500, orders, \"two words\", 250ms.");

    private FilterException Unexpected(string action) => Here.Written.Error($"Did not expect {Here}.", action);

    private static CallFilter Negated(bool negate, CallFilter filter) => negate ? new NotThat(filter) : filter;
}
