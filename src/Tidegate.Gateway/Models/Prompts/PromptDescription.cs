using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>Writes the OpenAPI 3.1 document of a version: its variables, examples, answers and errors. By hand: the schema of the answer is its author's, and stays as it was written.</summary>
internal static class PromptDescription
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Status, string Description)[] Errors =
    [
        ("400", "Wrong variables, all of them in `errors`; or a guardrail refused the call."),
        ("401", "No key, or a wrong one."),
        ("403", "The key may not use the prompt."),
        ("413", "The body is too large."),
        ("429", "A limit or a budget has no room for the call; `Retry-After` says when."),
        ("502", "The model failed, or its answer has not the shape asked for."),
        ("503", "All targets of the model are off for now; `Retry-After` says when."),
        ("504", "The model did not answer in time."),
    ];

    /// <summary>The document.</summary>
    /// <param name="version">The version.</param>
    /// <param name="path">Path it is published at.</param>
    public static byte[] Write(PromptVersionModel version, string path)
    {
        var config = version.Config;
        var info = new JsonObject { ["title"] = version.Format.Prompt, ["version"] = config.Version };
        if (version.Owner.Description is { } description) info["description"] = description;
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = info,
            ["paths"] = new JsonObject { [path] = new JsonObject { ["post"] = Operation(version) } },
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject { ["Variables"] = VariableSchema.Of(config), ["Answer"] = Answer(config), ["Problem"] = Problem() },
                ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A consumer's key. Routes open to anybody need none." } },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Readable);
    }

    private static JsonObject Operation(PromptVersionModel version)
    {
        var config = version.Config;
        var json = new JsonObject { ["schema"] = Reference("Variables") };
        if (config.Examples.Count > 0)
            json["examples"] = new JsonObject(config.Examples.Select(e => KeyValuePair.Create(e.Name, (JsonNode?)new JsonObject { ["value"] = VariableSchema.Node(e.Variables) })));
        var responses = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = "The answer.",
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = Reference("Answer") },
                    ["text/event-stream"] = new JsonObject
                    {
                        ["schema"] = new JsonObject
                        {
                            ["type"] = "string",
                            ["description"] = "With `stream` true, or `Accept: text/event-stream`: events `delta` with {text}, then one `done` with all of Answer but its text, or one `error` with Problem.",
                        },
                    },
                },
            },
        };
        foreach (var (status, description) in Errors)
        {
            responses[status] = new JsonObject
            {
                ["description"] = description,
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Reference("Problem") } },
            };
        }

        var operation = new JsonObject { ["operationId"] = version.Format.Prompt };
        if (version.Owner.Description is { } summary) operation["summary"] = summary;
        if (config.Description is { } description2) operation["description"] = description2;
        operation["requestBody"] = new JsonObject { ["required"] = config.Variables.Any(v => v.Required && v.Default is null), ["content"] = new JsonObject { ["application/json"] = json } };
        operation["responses"] = responses;
        operation["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject());
        return operation;
    }

    private static JsonObject Answer(PromptVersionConfig config)
    {
        var properties = new JsonObject
        {
            ["prompt"] = Text("Name of the prompt."),
            ["version"] = Text("Version that answered."),
            ["model"] = Text("Model alias that answered."),
            ["text"] = Text("What the model said."),
        };
        // An answer that was cut off, or the model's words of declining, are no JSON.
        if (config.Output is { } output) properties["output"] = new JsonObject { ["description"] = "The text as JSON; null when it was cut off or the model declined.", ["anyOf"] = new JsonArray(VariableSchema.Node(output), new JsonObject { ["type"] = "null" }) };
        properties["finishReason"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("stop", "length", "content_filter", "refusal", "tool_calls", "pause", "other") };
        properties["usage"] = Maybe("Tokens; `estimated` when the gateway counted them, because the provider did not tell; null when nobody knows.", ("inputTokens", "integer"), ("cachedInputTokens", "integer"), ("outputTokens", "integer"), ("reasoningTokens", "integer"), ("estimated", "boolean"));
        properties["cost"] = Maybe("What the answer cost; null when that is not known.", ("amount", "number"), ("currency", "string"));
        return new JsonObject { ["type"] = "object", ["required"] = new JsonArray([.. properties.Select(p => JsonValue.Create(p.Key))]), ["properties"] = properties };
    }

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "RFC 9457.",
        ["required"] = new JsonArray("type", "title", "detail"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("Address that names the kind of problem."),
            ["title"] = Text("Its last word, for programs."),
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = Text("What happened and what to do."),
            ["policy"] = Text("The policy that spoke."),
            ["callId"] = Text("Id of the call, for whoever runs the gateway."),
            ["errors"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("name", "code", "detail"),
                    ["properties"] = new JsonObject { ["name"] = Text("The variable; empty for all of them."), ["code"] = Text("What is wrong, in a word."), ["detail"] = Text("What is wrong, and what is legal.") },
                },
            },
        },
    };

    private static JsonObject Maybe(string description, params (string Name, string Type)[] properties) => new()
    {
        ["type"] = new JsonArray("object", "null"),
        ["description"] = description,
        ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)new JsonObject { ["type"] = p.Type }))),
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
