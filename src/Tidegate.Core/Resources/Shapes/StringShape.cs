using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Texts. An unquoted YAML scalar is taken as it is written (<c>no</c>, <c>1.10</c>); a JSON number or <c>true</c> is none.</summary>
internal sealed class StringShape(Constraints constraints) : ScalarShape
{
    private readonly Regex? _pattern = constraints.Pattern is null ? null : new Regex(constraints.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private readonly IReadOnlyList<string> _allowed = [.. constraints.Allowed.Cast<string>()];

    public override string Expected =>
        _allowed.Count > 0 ? $"one of {string.Join(", ", _allowed)}"
        : constraints.PatternInWords ?? (constraints.Pattern is not null ? $"a text like {constraints.Pattern}"
        : "a text");

    public override object Blank => _allowed.Count > 0 ? _allowed[0] : "";

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(string) ? new StringShape(constraints) : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) =>
        writer.WriteStringValue(style == WriteStyle.Shown && constraints.Secret is not null ? SecretText.Shown((string)value, constraints.Secret, "") : (string)value);

    public override JsonObject Schema(SchemaScope scope)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (_allowed.Count > 0) schema["enum"] = new JsonArray([.. _allowed.Select(a => JsonValue.Create(a))]);
        if (constraints.MaximumLength < int.MaxValue) schema["maxLength"] = constraints.MaximumLength;
        if (constraints.Pattern is not null) schema["pattern"] = constraints.Pattern;
        return schema;
    }

    protected override object? Parse(ScalarNode scalar, BindScope scope)
    {
        var text = scalar.Text;
        if (scalar.Style == ScalarStyle.Literal) return null;
        if (_allowed.Count > 0 && !_allowed.Contains(text, StringComparer.Ordinal))
        {
            scope.Error(scalar, "bad_word", $"{scalar.Description} is not legal: expected {Expected}.{Suggestion.For(text, _allowed)}");
            return Blank;
        }

        if (_pattern is not null && !_pattern.IsMatch(text))
        {
            scope.Error(scalar, "bad_text", $"{scalar.Description} is not legal: expected {Expected}.");
            return Blank;
        }

        if (text.Length > constraints.MaximumLength)
        {
            scope.Error(scalar, "too_long", $"The text has {text.Length} characters: at most {constraints.MaximumLength} are legal.");
            return Blank;
        }

        return text;
    }
}
