using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Admin;

/// <summary>The OpenAPI 3.1 description of the admin API: who may call what, and how errors look.</summary>
internal static class ApiDocument
{
    private const string Scheme = "token";

    /// <summary>Registers the description served at <c>/api/v1/openapi.json</c>.</summary>
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", document =>
    {
        document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        document.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        document.AddDocumentTransformer((description, _, _) => Describe(description));
        document.AddSchemaTransformer((schema, context, _) => Moment(schema, context.JsonTypeInfo.Type));
        document.AddOperationTransformer((operation, context, _) => Permit(operation, context));
    });

    private static Task Describe(OpenApiDocument description)
    {
        description.Info = new OpenApiInfo { Title = "Tidegate admin API", Version = ProductVersion.Number, License = new OpenApiLicense { Name = "Apache-2.0" } };
        description.Servers = [];
        description.Components ??= new OpenApiComponents();
        description.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token: tidegate tokens create." },
        };
        return Task.CompletedTask;
    }

    // What a converter of ours reads is not described by itself.
    private static Task Moment(OpenApiSchema schema, Type type)
    {
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null, "date-time");
        return Task.CompletedTask;
    }

    private static Task Permit(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Permission>().FirstOrDefault() is { } permission)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [permission.Name] }];
            operation.Description = $"{operation.Description}\n\nNeeds `{permission.Name}` ({permission.Least} or above).".Trim();
        }

        operation.Responses ??= [];
        operation.Responses.TryAdd("default", new OpenApiResponse { Description = "Refused or failed: application/problem+json with code, detail, resource, path, action, findings." });
        return Task.CompletedTask;
    }
}
