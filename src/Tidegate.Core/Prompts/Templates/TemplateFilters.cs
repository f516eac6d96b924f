using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fluid;
using Fluid.Filters;
using Fluid.Values;

namespace Tidegate.Core.Prompts.Templates;

/// <summary>What may be done with a value. None of these makes much of little.</summary>
internal static class TemplateFilters
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Their names, in order.</summary>
    public static readonly string[] Names = ["capitalize", "default", "downcase", "escape", "first", "join", "json", "last", "size", "strip", "truncate", "truncatewords", "upcase"];

    /// <summary>Leaves these and no others.</summary>
    public static void Put(FilterCollection filters)
    {
        filters.Clear();
        filters.AddFilter("capitalize", StringFilters.Capitalize);
        filters.AddFilter("downcase", StringFilters.Downcase);
        filters.AddFilter("upcase", StringFilters.Upcase);
        filters.AddFilter("strip", StringFilters.Strip);
        filters.AddFilter("truncate", StringFilters.Truncate);
        filters.AddFilter("truncatewords", StringFilters.TruncateWords);
        filters.AddFilter("default", static (input, arguments, _) => input.IsNil() || (input is StringValue && input.ToStringValue().Length == 0) ? arguments.At(0) : input);
        filters.AddFilter("escape", static (input, _, _) => new StringValue(Bounded(WebUtility.HtmlEncode(input.ToStringValue()))));
        filters.AddFilter("first", static (input, _, context) => input.Enumerate(context).FirstOrDefault() ?? NilValue.Instance);
        filters.AddFilter("last", static (input, _, context) => input.Enumerate(context).LastOrDefault() ?? NilValue.Instance);
        filters.AddFilter("size", static (input, _, context) => NumberValue.Create(input is JsonValue ? input.Enumerate(context).Count() : input.ToStringValue().Length));
        filters.AddFilter("json", static (input, _, _) => new StringValue(Bounded(Json(input))));
        filters.AddFilter("join", Join);
    }

    private static ValueTask<FluidValue> Join(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var text = new StringBuilder();
        var separator = arguments.Count > 0 ? arguments.At(0).ToStringValue() : ", ";
        foreach (var item in input.Enumerate(context))
        {
            if (text.Length > 0) text.Append(separator);
            text.Append(item.ToStringValue());
            if (text.Length > PromptLimits.MostRendered) Bounded(text.ToString());
        }

        return new StringValue(text.ToString());
    }

    private static string Json(FluidValue input) => input switch
    {
        JsonValue value => value.ToStringValue(),
        StringValue text => JsonSerializer.Serialize(text.ToStringValue(), Readable),
        _ when input.IsNil() => "null",
        _ => input.ToStringValue(),
    };

    private static string Bounded(string text) =>
        text.Length <= PromptLimits.MostRendered ? text : throw new RenderLimitException($"A value is longer than {PromptLimits.MostRendered} characters: give shorter ones.");
}
