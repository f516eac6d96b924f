using Microsoft.AspNetCore.Http;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.CallLog.Endpoints;

/// <summary>What can be wrong with a question, as answers.</summary>
internal static class CallProblems
{
    public static async ValueTask<object?> Explain(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception problem) when (For(problem) is { } answer)
        {
            return answer;
        }
    }

    private static ProblemResult? For(Exception problem) => problem switch
    {
        FilterException filter => Problems.BadRequest("where", $"{filter.Message} (column {filter.Column})", filter.Action),
        CallQueryException query => Problems.BadRequest(query.Parameter, query.Message, query.Action),
        SqlRefusedException refused => Problems.BadRequest("query", refused.Message, refused.Action),
        QueryLimitException limit => new(new() { Status = StatusCodes.Status422UnprocessableEntity, Code = "query_limit", Detail = limit.Message, Action = limit.Action }),
        CallLogUnavailableException gone => Problems.Unavailable(gone.Message, "Traffic goes on. Ask again in a moment; 'tidegate status' says what is wrong if it lasts."),
        _ => null,
    };
}
