using System.Globalization;

namespace Tidegate.Core.Prompts;

/// <summary>Something wrong with a template.</summary>
/// <param name="Code">Stable word: <c>bad_template</c>, <c>unknown_variable</c>, <c>unknown_filter</c>, <c>too_long</c>, <c>too_deep</c>.</param>
/// <param name="Line">1-based line of the template; 0 when it is about the whole.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Message">What is wrong and what would be legal.</param>
public sealed record TemplateProblem(string Code, int Line, int Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? Message : string.Create(CultureInfo.InvariantCulture, $"Line {Line}, column {Column} of the template: {Message}");
}
