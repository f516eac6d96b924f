using Fluid;

namespace Tidegate.Core.Prompts.Templates;

/// <summary>The template language: Liquid, without what reaches outside of a template, keeps state, or makes much of little.</summary>
internal static class TemplateEngine
{
    /// <summary>Tags that may be used.</summary>
    public static readonly string[] Tags = ["if", "unless", "case", "for", "break", "continue", "comment", "raw", "#"];

    /// <summary>Parses templates; may be used by many threads.</summary>
    public static readonly FluidParser Parser = MakeParser();

    /// <summary>What holds while they are rendered.</summary>
    public static readonly TemplateOptions Options = MakeOptions();

    private static FluidParser MakeParser()
    {
        var parser = new FluidParser(new FluidParserOptions { AllowFunctions = false, AllowParentheses = false, AllowLiquidTag = false });
        foreach (var tag in parser.RegisteredTags.Keys.Except(Tags, StringComparer.Ordinal).ToList()) parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static TemplateOptions MakeOptions()
    {
        var options = new TemplateOptions { MaxSteps = PromptLimits.MostSteps, MaxRecursion = PromptLimits.Deepest };
        TemplateFilters.Put(options.Filters);
        return options;
    }
}
