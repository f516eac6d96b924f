using System.Text.RegularExpressions;
using Fluid;
using Tidegate.Core.Prompts.Templates;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Prompts;

/// <summary>The text of a message with blanks, parsed once. Immutable; rendered by any number of threads.</summary>
public sealed partial class PromptTemplate
{
    private readonly IFluidTemplate _template;

    private PromptTemplate(IFluidTemplate template, IReadOnlySet<string> names) => (_template, Names) = (template, names);

    /// <summary>The variables it uses.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>The template; null with all problems when it cannot be used.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">Names there are values for.</param>
    /// <param name="problems">What is wrong.</param>
    public static PromptTemplate? Parse(string text, IReadOnlySet<string> variables, ICollection<TemplateProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        var before = problems.Count;
        var scan = TemplateScan.Of(text, problems);
        if (problems.Count > before) return null;
        if (!TemplateEngine.Parser.TryParse(text, out var template, out var error))
        {
            problems.Add(Syntax(text, error));
            return null;
        }

        var names = new TemplateNames();
        names.VisitTemplate(template);
        foreach (var name in names.Filters.Where(f => !TemplateFilters.Names.Contains(f, StringComparer.Ordinal)))
            problems.Add(scan.At(name, "unknown_filter", $"There is no filter \"{name}\".{Suggestion.For(name, TemplateFilters.Names)} There are {string.Join(", ", TemplateFilters.Names)}."));
        foreach (var name in names.Variables.Where(n => !variables.Contains(n)))
            problems.Add(scan.At(name, "unknown_variable", $"There is no variable \"{name}\".{Suggestion.For(name, variables)} {(variables.Count == 0 ? "The version has none: list it under variables." : $"There are {string.Join(", ", variables.Order(StringComparer.Ordinal))}.")}"));
        if (names.HasRange) problems.Add(scan.At("..", "bad_template", "Ranges (1..n) are not supported: loop over a variable of type array."));
        return problems.Count > before ? null : new PromptTemplate(template, names.Variables);
    }

    /// <summary>Writes the text with the values in place. Throws <see cref="RenderLimitException"/>.</summary>
    internal async ValueTask RenderAsync(BoundedWriter writer, TemplateValues values)
    {
        var context = new TemplateContext(values, TemplateEngine.Options, allowModelMembers: true);
        try
        {
            await _template.RenderAsync(writer, NullEncoder.Default, context); // never waits: values are in memory, and so is what is written
        }
        catch (Exception e) when (e is InvalidOperationException or FluidException)
        {
            throw new RenderLimitException("The template takes too many steps with these values: give shorter lists.");
        }
    }

    private static TemplateProblem Syntax(string text, string error)
    {
        var place = Place().Match(error);
        var message = (place.Success ? error[..place.Index] : error).Split('\n')[0].Trim() + ".";
        if (message.StartsWith("Unknown tag", StringComparison.Ordinal)) message += $" Legal are {string.Join(", ", TemplateEngine.Tags)} and their ends.";
        if (text.Contains("{{#", StringComparison.Ordinal) || text.Contains("{{/", StringComparison.Ordinal)) message += " Blocks are written {% if name %}...{% endif %} and {% for item in list %}...{% endfor %}.";
        return new TemplateProblem("bad_template", Number("line"), Number("column"), message);

        int Number(string group) => place.Success ? int.Parse(place.Groups[group].ValueSpan, provider: null) : 0;
    }

    [GeneratedRegex(@" at \((?<line>\d+):(?<column>\d+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
