using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Promql;

/// <summary>Reads a query as Prometheus does, only to learn whether it can and what the query gives; nothing is kept of it.</summary>
internal sealed class PromqlParser
{
    // A query of brackets alone must not use the stack up.
    private const int Deepest = 100;

    private static readonly string[][] Precedence = [["or"], ["and", "unless"], ["==", "!=", "<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%", "atan2"]];

    private readonly List<PromqlToken> _tokens;
    private int _at;
    private int _depth;

    private PromqlParser(List<PromqlToken> tokens) => _tokens = tokens;

    private PromqlToken Next => _tokens[_at];

    /// <summary>What a query gives.</summary>
    /// <exception cref="FormatException">Prometheus would not read it. The message begins in small letters and has no full stop.</exception>
    public static PromqlType Read(string query)
    {
        var parser = new PromqlParser(PromqlLexer.Read(query));
        if (parser.Next.Kind is PromqlTokenKind.End) throw new FormatException("it is empty");
        var type = parser.Expression(0);
        return parser.Next.Kind is PromqlTokenKind.End ? type
            : throw new FormatException(parser.Next.Is(")") ? $"{parser.Next} closes nothing" : $"an operator is missing before {parser.Next}");
    }

    private PromqlType Expression(int level)
    {
        if (level == Precedence.Length) return Unary();
        var left = Expression(level + 1);
        while (Array.Find(Precedence[level], o => Next.Is(o) || Next.IsWord(o)) is { } name)
        {
            var sign = Take();
            var (isBool, matches) = Modifiers(sign, level);
            left = Combine(left, Expression(level + 1), sign, name, level, isBool, matches);
        }

        return left;
    }

    private static PromqlType Combine(PromqlType left, PromqlType right, PromqlToken sign, string name, int level, bool isBool, bool matches)
    {
        if (left is PromqlType.Range or PromqlType.Text || right is PromqlType.Range or PromqlType.Text) throw new FormatException($"{sign} stands between vectors and numbers, not beside a range such as x[5m] or a text");
        var vectors = left is PromqlType.Vector && right is PromqlType.Vector;
        if (level < 2 && !vectors) throw new FormatException($"{sign} stands between vectors, not beside a number");
        if (matches && !vectors) throw new FormatException($"{sign} has a matching (on, ignoring), but not a vector on both sides");
        var type = left is PromqlType.Scalar && right is PromqlType.Scalar ? PromqlType.Scalar : PromqlType.Vector;
        return level == 2 && type is PromqlType.Scalar && !isBool ? throw new FormatException($"{sign} compares two numbers: write {name} bool") : type;
    }

    private (bool IsBool, bool Matches) Modifiers(PromqlToken sign, int level)
    {
        var isBool = TakeWord("bool");
        if (isBool && level != 2) throw new FormatException($"{sign} is no comparison: 'bool' says nothing behind it");
        if (!TakeWord("on") && !TakeWord("ignoring")) return (isBool, false);
        Labels();
        if (!TakeWord("group_left") && !TakeWord("group_right")) return (isBool, true);
        if (level < 2) throw new FormatException($"{sign} has no grouping (group_left, group_right)");
        if (Next.Is("(")) Labels();
        return (isBool, true);
    }

    private PromqlType Unary()
    {
        if (++_depth > Deepest) throw new FormatException($"it is more than {Deepest} levels deep");
        var signed = Next.Is("-") || Next.Is("+");
        var sign = Next;
        if (signed) _at++;
        var type = signed ? Unary() : Power();
        if (signed && type is PromqlType.Range or PromqlType.Text) throw new FormatException($"{sign} stands before a vector or a number");
        _depth--;
        return type;
    }

    private PromqlType Power()
    {
        var left = Operand();
        if (!Next.Is("^")) return left;
        var sign = Take();
        var (isBool, matches) = Modifiers(sign, 3);
        return Combine(left, Unary(), sign, "^", 3, isBool, matches);
    }

    private PromqlType Operand()
    {
        var token = Take();
        PromqlType type;
        var isSelector = false;
        switch (token.Kind)
        {
            case PromqlTokenKind.Number:
                return PromqlType.Scalar;
            case PromqlTokenKind.Text:
                return PromqlType.Text;
            case PromqlTokenKind.Symbol when token.Text == "(":
                type = Expression(0);
                Close(token);
                break;
            case PromqlTokenKind.Matchers:
                if (token.Text.AsSpan(1, token.Text.Length - 2).IsWhiteSpace()) throw new FormatException($"{token} selects everything: give a name or a matcher");
                (type, isSelector) = (PromqlType.Vector, true);
                break;
            case PromqlTokenKind.Name when PromqlFunctions.Aggregators.ContainsKey(token.Text) && (Next.Is("(") || Next.IsWord("by") || Next.IsWord("without")):
                type = Aggregation(token);
                break;
            case PromqlTokenKind.Name when Next.Is("("):
                type = Call(token);
                break;
            case PromqlTokenKind.Name when token.IsWord("inf") || token.IsWord("nan"):
                return PromqlType.Scalar;
            case PromqlTokenKind.Name:
                if (Next.Kind is PromqlTokenKind.Matchers) _at++;
                (type, isSelector) = (PromqlType.Vector, true);
                break;
            default:
                throw new FormatException(token.Is(")") && _depth <= 1 ? $"{token} closes nothing" : $"a value is missing before {token}");
        }

        return Behind(type, isSelector);
    }

    /// <summary>Ranges, and from when on.</summary>
    private PromqlType Behind(PromqlType type, bool isSelector)
    {
        while (true)
        {
            if (Next.Kind is PromqlTokenKind.Range)
            {
                var range = Take();
                var isSubquery = range.Text.Contains(':', StringComparison.Ordinal);
                if (isSubquery ? type is not PromqlType.Vector : !isSelector) throw new FormatException($"{range} stands behind {(isSubquery ? "a vector" : "a selector")} only");
                (type, isSelector) = (PromqlType.Range, false);
            }
            else if (Next.IsWord("offset") || Next.Is("@"))
            {
                var sign = Take();
                if (!isSelector && type is not PromqlType.Range) throw new FormatException($"{sign} stands behind a selector or a range only");
                if (Next.Is("-") || (sign.Is("@") && Next.Is("+"))) _at++;
                if (sign.Is("@") && (TakeWord("start") || TakeWord("end"))) Close(Open());
                else if (Take() is { Kind: not PromqlTokenKind.Number } other) throw new FormatException($"a {(sign.Is("@") ? "time" : "length of time")} is missing before {other}");
            }
            else
            {
                return type;
            }
        }
    }

    private PromqlType Aggregation(PromqlToken name)
    {
        var grouped = Grouping();
        var open = Open();
        var given = Arguments(open);
        if (!grouped) Grouping();
        var parameter = PromqlFunctions.Aggregators[name.Text];
        var wanted = parameter is { } type ? new[] { type, PromqlType.Vector } : [PromqlType.Vector];
        return given.SequenceEqual(wanted) ? PromqlType.Vector
            : throw new FormatException($"{name} takes {(parameter switch { PromqlType.Scalar => "a number and ", PromqlType.Text => "a text and ", _ => "" })}a vector{Found(given)}");
    }

    private PromqlType Call(PromqlToken name)
    {
        var given = Arguments(Open());
        if (!PromqlFunctions.All.TryGetValue(name.Text, out var signature))
            throw new FormatException($"{name} is no function of Prometheus{(Suggestion.Nearest(name.Text, PromqlFunctions.All.Keys.Concat(PromqlFunctions.Aggregators.Keys)) is { } near ? $" (did you mean {near}?)" : "")}");
        return PromqlFunctions.Takes(signature, given) ? PromqlFunctions.Result(name.Text) : throw new FormatException($"{name} takes {PromqlFunctions.Words(signature)}{Found(given)}");
    }

    private static string Found(List<PromqlType> given) => given.Contains(PromqlType.Range) ? ", and a range stands there" : "";

    private List<PromqlType> Arguments(PromqlToken open)
    {
        var given = new List<PromqlType>();
        while (!Next.Is(")"))
        {
            given.Add(Expression(0));
            if (Next.Is(",")) _at++;
            else break;
        }

        Close(open);
        return given;
    }

    private bool Grouping()
    {
        if (!TakeWord("by") && !TakeWord("without")) return false;
        Labels();
        return true;
    }

    private void Labels()
    {
        var open = Open();
        while (Next.Kind is PromqlTokenKind.Name or PromqlTokenKind.Text)
        {
            _at++;
            if (Next.Is(",")) _at++;
            else break;
        }

        Close(open);
    }

    private PromqlToken Open() => Take() is var token && token.Is("(") ? token : throw new FormatException($"'(' is missing before {token}");

    private void Close(PromqlToken open)
    {
        var token = Take();
        if (token.Is(")")) return;
        throw new FormatException(token.Kind is PromqlTokenKind.End ? $"{open} is not closed" : $"an operator or ')' is missing before {token}");
    }

    private PromqlToken Take()
    {
        var token = _tokens[_at];
        if (token.Kind is not PromqlTokenKind.End) _at++;
        return token;
    }

    private bool TakeWord(string word)
    {
        if (!Next.IsWord(word)) return false;
        _at++;
        return true;
    }
}
