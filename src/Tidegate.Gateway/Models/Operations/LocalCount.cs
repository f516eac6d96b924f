using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs.Tokens;
using Tidegate.Models.Formats;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Operations;

/// <summary>Counts the tokens of a conversation itself where no provider of the model does, as costs and budgets count them, and says so in a header.</summary>
internal sealed class LocalCount(TokenCounter counter)
{
    /// <summary>Header of counts that are ours: <c>estimated</c>.</summary>
    public const string Header = "X-Tidegate-Tokens";

    /// <summary>True when the call is for a count and nobody else counts.</summary>
    public static bool Takes(ModelCall model, AliasModel alias) => model.Face.Operation == ModelOperation.CountTokens && !alias.Targets.Any(t => Wire.Leads(model.Face, t));

    /// <summary>Answers it, or tells what is wrong with the request.</summary>
    public async ValueTask RunAsync(GatewayCall call, ModelCall model)
    {
        var face = (ITokenCountFormat)model.Face.Format;
        var issues = new FormatIssues();
        if (face.ReadCountRequest(model.Json, issues) is null || issues.HasErrors)
        {
            model.Fail(new ModelError(ModelErrorKind.InvalidRequest, 400, string.Join(' ', issues.All.Where(i => i.IsError).Select(i => $"{i.Field}: {i.Message}"))));
            await ModelErrorWriter.WriteAsync(call, model);
            return;
        }

        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output)) face.WriteCount(RequestTokens.Count(model.Body.Span, counter), json);
        var response = call.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.Headers[Header] = "estimated";
        ResponseFinish.Apply(call);
        call.Record.Outcome = CallOutcome.Ok;
        call.Record.ResponseBytes = output.Length;
        call.Note("counted here: none of the model's providers counts tokens");
        await response.BodyWriter.WriteAsync(output.GetBuffer().AsMemory(0, (int)output.Length), call.Http.RequestAborted);
    }
}
